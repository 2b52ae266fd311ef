//! Aligned columns.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// A table for people: names above the columns, the ones in `right` aligned to the right. Cells wrap to the terminal's width.
pub fn table(names: &[&str], right: &[usize], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(names.to_vec());
    table.add_rows(rows);
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if right.contains(&index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = vec![vec!["a".into(), "1".into()], vec!["bcd".into(), "200".into()]];
        assert_eq!(table(&["name", "n"], &[1], rows), "name    n\na       1\nbcd   200");
    }
}
