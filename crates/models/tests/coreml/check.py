"""Loads a Core ML package with Apple's coremltools, which checks every operation's types and shapes, and computes its vectors with numpy.

Usage: check.py PACKAGE CASES.json; CASES is a list of {ids, mask, vector}. Prints the worst cosine, and fails below 0.9999."""
import json
import math
import sys

import coremltools as ct
import numpy as np
from coremltools.converters.mil.frontend.milproto.load import load

erf = np.vectorize(math.erf)


def layer_norm(x, axes, gamma, beta, epsilon):
    axis = tuple(axes)
    mean = x.mean(axis=axis, keepdims=True)
    return (x - mean) / np.sqrt(x.var(axis=axis, keepdims=True) + epsilon) * gamma + beta


def softmax(x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def matmul(x, y, transpose_x, transpose_y):
    turned = lambda m, turn: m.swapaxes(-1, -2) if turn else m
    return turned(x, transpose_x) @ turned(y, transpose_y)


OPS = {
    "gather": lambda x, indices, axis, **_: np.take(x, indices, axis=int(axis)),
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "layer_norm": layer_norm,
    "linear": lambda x, weight, bias: x @ weight.T + bias,
    "gelu": lambda x, mode: x * 0.5 * (1 + erf(x / math.sqrt(2))),
    "split": lambda x, num_splits, axis: np.split(x, int(num_splits), axis=int(axis)),
    "reshape": lambda x, shape: x.reshape([int(side) for side in shape]),
    "transpose": lambda x, perm: x.transpose([int(side) for side in perm]),
    "matmul": matmul,
    "softmax": lambda x, axis: softmax(x, int(axis)),
    "expand_dims": lambda x, axes: np.expand_dims(x, tuple(int(a) for a in axes)),
    "squeeze": lambda x, axes: np.squeeze(x, tuple(int(a) for a in axes)),
    "reduce_sum": lambda x, axes, keep_dims: x.sum(axis=tuple(int(a) for a in axes), keepdims=bool(keep_dims)),
    "rsqrt": lambda x, epsilon: 1 / np.sqrt(x + epsilon),
    "slice_by_size": lambda x, begin, size: x[tuple(slice(int(b), int(b) + int(s)) for b, s in zip(begin, size))],
    "identity": lambda x: x,
}


def run(function, inputs):
    known = {variable.name: inputs[name] for name, variable in function.inputs.items()}
    value = lambda variable: variable.val if variable.val is not None else known[variable.name]
    for op in function.operations:
        if op.op_type == "const":
            continue
        given = {name: value(variable) for name, variable in op.inputs.items() if variable is not None}
        made = OPS[op.op_type](**given)
        for variable, result in zip(op.outputs, made if isinstance(made, list) else [made]):
            assert tuple(variable.shape) == result.shape, (op.op_type, variable.shape, result.shape)
            known[variable.name] = result
    return known[function.outputs[0].name]


def main(package, cases):
    model = ct.models.MLModel(package, skip_model_load=True)
    spec = model.get_spec()
    program = load(spec, spec.specificationVersion, model.weights_dir)
    function = program.functions["main"]
    worst = 1.0
    for case in json.load(open(cases)):
        inputs = {"ids": np.array([case["ids"]]), "mask": np.array([case["mask"]], dtype=np.float64)}
        vector, expected = run(function, inputs)[0], np.array(case["vector"])
        assert abs(np.linalg.norm(vector) - 1) < 1e-4, np.linalg.norm(vector)
        worst = min(worst, float(vector @ expected / np.linalg.norm(vector) / np.linalg.norm(expected)))
    print(f"coremltools {ct.__version__}: {len(function.operations)} operations, worst cosine {worst:.7f}")
    return 0 if worst > 0.9999 else 1


sys.exit(main(*sys.argv[1:]))
