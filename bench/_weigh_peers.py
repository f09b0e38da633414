"""Run by bench/weigh.py in an environment of its own: weightipy and svy on the answers in a folder, as JSON.

python bench/_weigh_peers.py weightipy|svy FOLDER
"""

import json
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from _weigh_data import LEVELS, best


def main() -> None:
    warnings.simplefilter("ignore")
    with np.load(Path(sys.argv[2]) / "answers.npz") as file:
        data = {name: file[name] for name in file.files}
    print(json.dumps({"weightipy": weightipy, "svy": svy}[sys.argv[1]](data)))


def weightipy(data: dict[str, Any]) -> dict[str, Any]:
    import pandas
    import weightipy as wp

    frame = pandas.DataFrame({name: data[name] for name in LEVELS})
    shares = {
        name: {level: float(t) for level, t in enumerate(100 * data[f"target_{name}"] / data[f"target_{name}"].sum())}
        for name in LEVELS
    }
    seconds, weighed = best(lambda: wp.weight_dataframe(frame, wp.scheme_from_dict(shares), "weight"))
    weights = weighed["weight"].to_numpy()
    return {"rake": seconds, "mean_found": float(weights @ data["visits"] / weights.sum())}


def svy(data: dict[str, Any]) -> dict[str, Any]:
    import polars
    import svy as library

    frame = polars.DataFrame({**{n: data[n] for n in LEVELS}, "visits": data["visits"], "w": np.ones(len(data["age"]))})
    controls = {name: {level: float(target) for level, target in enumerate(data[f"target_{name}"])} for name in LEVELS}
    sample = library.Sample(frame, library.Design(wgt="w"))
    raking, raked = best(lambda: sample.weighting.rake(controls=controls, tol=1e-9))
    averaging, found = best(lambda: raked.estimation.mean("visits"))
    one = found.estimates[0]
    return {"rake": raking, "mean": averaging, "mean_found": one.est, "se_found": one.se}


if __name__ == "__main__":
    main()
