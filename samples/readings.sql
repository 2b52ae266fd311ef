-- One statement: one million hourly readings of 480 stations x 3 sensors, from 25 January to 22 February 2026.
-- Replace {path} by the file to write. Deterministic: every "random" figure is a hash of the row number. Join station_id with
-- shipments.csv and support_tickets.csv. Stations ST-0101 to ST-0164 are the Quenby catchment; its spate peaks on 11 February.
COPY (
    WITH numbered AS (
        SELECT
            i,
            i % 480 + 1 AS station,
            ['stage', 'rain', 'water_temp'][(i // 480) % 3 + 1] AS sensor,
            TIMESTAMP '2026-01-25 00:00:00' + to_hours(i // 1440) AS ts,
            i // 1440 AS hour_no,
            (hash(i, 'value') % 1000000) / 1000000.0 AS u_value,
            (hash(i, 'status') % 10000)::INTEGER AS r_status,
            (hash(i, 'note') % 1000)::INTEGER AS r_note,
            CASE WHEN i % 480 = 116 THEN 0.55 ELSE (hash(i % 480, 'base') % 1000) / 1000.0 END AS u_station -- ST-0117 peaks at 3.04 m
        FROM range(1000000) AS rows(i)
    ),
    weather AS (
        SELECT
            *,
            -- hours since the storm over Quenby began, 11 February 17:00
            hour_no - 425 AS storm_h,
            station BETWEEN 101 AND 164 AS quenby,
            CASE
                WHEN r_status < 9410 THEN 'G' WHEN r_status < 9670 THEN 'S' WHEN r_status < 9810 THEN 'M'
                WHEN r_status < 9890 THEN 'F' WHEN r_status < 9940 THEN 'C' WHEN r_status < 9970 THEN 'E'
                WHEN r_status < 9990 THEN 'I' ELSE 'X'
            END AS status
        FROM numbered
    ),
    valued AS (
        SELECT
            *,
            CASE sensor
                WHEN 'stage' THEN
                    0.35 + 1.1 * u_station + 0.12 * sin(hour_no / 61.0 + station) + 0.004 * (u_value - 0.5)
                    + CASE WHEN quenby AND storm_h > 0
                           THEN (1.6 + 1.1 * u_station) * (storm_h / 6.0) * exp(1 - storm_h / 6.0) ELSE 0 END
                WHEN 'rain' THEN
                    0.2 * floor(CASE WHEN quenby AND storm_h BETWEEN 0 AND 4 THEN 50 + 16 * u_value
                                     WHEN u_value > 0.9 THEN (u_value - 0.9) * 90 ELSE 0 END)
                ELSE 5.5 + 2.2 * sin(hour_no / 70.0) + 0.9 * sin((hour_no % 24) * pi() / 12 - 2.4) + u_station + 0.1 * u_value
            END AS exact
        FROM weather
    )
    SELECT
        ts,
        format('ST-{:04d}', station) AS station_id,
        sensor,
        CASE WHEN status = 'M' THEN NULL ELSE round(exact, 3) END AS value,
        CASE sensor WHEN 'stage' THEN 'm' WHEN 'rain' THEN 'mm' ELSE 'degC' END AS unit,
        status,
        round(12.4 + 0.7 * u_station + 0.3 * sin((hour_no % 24) * pi() / 12 - 1.6), 2) AS battery_v,
        CASE
            WHEN status = 'F' THEN ['algae on the face', 'leaves round the sensor', 'silt above the nose', 'web across the horn'][r_note % 4 + 1]
            WHEN status = 'C' THEN ['visit open, intake flushed', 'cartridge replaced', 'zero set from a dip', 'panel wiped'][r_note % 4 + 1]
            WHEN status = 'X' THEN ['sprinkler, not rain', 'lock emptied for repairs', 'cow on the cable', 'logger lifted out'][r_note % 4 + 1]
            WHEN status = 'I' THEN ['ice at the edge', 'pool frozen across'][r_note % 2 + 1]
            WHEN status = 'E' THEN ['filled from the neighbour upstream', 'filled from the gauge board'][r_note % 2 + 1]
            WHEN status = 'S' AND r_note < 850 THEN ['rises faster than the limit', 'clock uncertain', 'may be melt', 'visit form late'][r_note % 4 + 1]
            WHEN quenby AND storm_h BETWEEN 2 AND 14 AND r_note < 60 THEN ['adaptive interval, every minute', 'second road by satellite', 'wet foot'][r_note % 3 + 1]
        END AS note
    FROM valued
) TO '{path}' (FORMAT parquet, COMPRESSION zstd);
