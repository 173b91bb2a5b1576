using PinnSweep.Pinns.Tests.ProblemFiles;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Scales;

/// <summary>The same problem trains to the same errors, whatever its units.</summary>
public sealed class SameErrorTests
{
    private const string Heat = """
        problem: cooling
        coordinates: {x: [0, 1], t: [0, 0.3]}
        time: t
        equations:
          heat: "u_t = u_xx"
        conditions:
          ends: {on: x, expression: "u"}
          start: {on: t-lower, expression: "u = sin(pi*x)"}
        exact: {u: "exp(-pi^2*t)*sin(pi*x)"}
        """;

    private static readonly (string Name, double Size, double Offset, double Amount)[] Units =
        [("metres", 1, 0, 1), ("nanometres", 1e-9, 0, 1), ("diffusivity", 1e-9, 0, 1), ("far off", 1, 1e9, 1), ("small", 1, 0, 1e-6), ("large", 1, 0, 1e6)];

    [Fact]
    public void A_short_training_has_the_same_error()
    {
        var errors = Units.Select(unit => Error(unit, seed: 1, steps: 1000, Precision.Float32)).ToList();

        Assert.InRange(errors.Max() / errors.Min(), 1, 1.5);
    }

    [Fact(Explicit = true)]
    public void Five_seeds_have_the_same_error()
    {
        var means = Units.Select(unit => Enumerable.Range(1, 5).Select(seed => Error(unit, seed, steps: 3000, Precision.Float32)).Aggregate(1.0, (product, error) => product * Math.Pow(error, 0.2))).ToList();

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", Units.Zip(means, (unit, mean) => $"{unit.Name} {mean:G3}")));
        Assert.InRange(means.Max() / means.Min(), 1, 2);
    }

    [Fact]
    public void Without_units_of_its_own_a_large_output_is_lost()
    {
        var text = OtherUnits.OfFile(Heat, 1, 0, 1e6);

        using var training = Trials.Begin(Trials.Small(steps: 300, Precision.Float32, problem: Files.Read($"{text}\nscale: none"), learningRate: 5e-3)).RunToEnd();

        var error = Error(Units[^1], seed: 1, steps: 300, Precision.Float32);
        Assert.True(training.Curve[^1].RelativeL2 > 0.9 && error < 0.8, $"{training.Curve[^1].RelativeL2} {error}");
    }

    private static double Error((string Name, double Size, double Offset, double Amount) unit, int seed, int steps, Precision precision)
    {
        // A person in a laboratory writes the diffusivity in square metres a second, not x/1e-9.
        var text = unit.Name == "metres" ? Heat : OtherUnits.OfFile(Heat, unit.Size, unit.Offset, unit.Amount);
        text = unit.Name == "diffusivity" ? text.Replace("(u_xx*1E-09^2/1)", "1e-18*u_xx", StringComparison.Ordinal) : text;
        Level problem = Files.Read(text);
        using var training = Trials.Begin(Trials.Small(steps, precision, problem: problem, learningRate: 5e-3, seed: seed)).RunToEnd();
        return training.Curve[^1].RelativeL2;
    }
}
