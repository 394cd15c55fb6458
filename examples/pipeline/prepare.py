"""Takes out the birds with missing measurements and parts the rest into training and test data."""
import csv
import pathlib
import random

MEASURES = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


def complete(row):
    return all(row[name] not in ("", "NA") for name in MEASURES)


def write(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["species", *MEASURES], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def main():
    with open("data/penguins.csv", newline="") as file:
        birds = [row for row in csv.DictReader(file) if complete(row)]
    random.Random(7).shuffle(birds)
    work = pathlib.Path("work")
    work.mkdir(exist_ok=True)
    cut = len(birds) * 3 // 4
    write(work / "train.csv", birds[:cut])
    write(work / "test.csv", birds[cut:])
    print(f"prepared {len(birds)} birds: {cut} to train, {len(birds) - cut} to test")


main()
