using PinnSweep.Jets.Expressions;
using PinnSweep.Pinns.Tests.ProblemFiles;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.Scales;

/// <summary>A file in other units is the same problem in own units, to rounding.</summary>
public sealed class UnitInvarianceTests
{
    public static TheoryData<double, double, double, double> Units => new()
    {
        // Size and offset of x, size of u, and what an offset leaves of sixteen digits.
        { 1e-9, 0, 1, 1e-9 },
        { 1e6, 0, 1e-6, 1e-9 },
        { 1, 1e9, 1, 1e-4 },
        { 1, 1e9, 1e6, 1e-4 },
        { 1e-9, 0, 1e6, 1e-9 },
    };

    [Theory]
    [MemberData(nameof(Units))]
    public void Random_files_meet_in_own_units(double size, double offset, double amount, double rounding)
    {
        Assert.InRange(Enumerable.Range(1, 20).Count(seed => Compare(seed, size, offset, amount, rounding)), 10, 20);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Units))]
    public void Many_random_files_meet_in_own_units(double size, double offset, double amount, double rounding)
    {
        Assert.InRange(Enumerable.Range(21, 400).Count(seed => Compare(seed, size, offset, amount, rounding)), 200, 400);
    }

    /// <summary>False where the output has no size of one to begin with, so that another power of ten may be nearer in other units.</summary>
    private static bool Compare(int seed, double size, double offset, double amount, double rounding)
    {
        var text = new RandomProblem(seed).Text();
        var stated = Files.Problem(text);
        if (stated.TestGrid().Chunk(stated.Dimension).Max(point => Math.Abs(stated.Solution!.Expressions.Select(output => ClosedForm.Evaluate(output, point)).First())) is < 0.1 or > 9)
        {
            return false;
        }

        var other = Files.Problem(OtherUnits.OfFile(text, size, offset, amount));
        var unit = stated.Axes[0].Extent / other.Axes[0].Extent;
        var output = stated.Units?.Outputs[0].Size ?? 1;
        var random = new Random(seed);

        Assert.Equal(stated.Terms.Length, other.Terms.Length);
        Assert.InRange(unit, 0.999, 1.001);
        Assert.Equal(amount * output, other.Units!.Outputs[0].Size, 1e-9 * amount * output);
        foreach (var (a, b) in stated.Terms.Zip(other.Terms))
        {
            var (scaled, sum, difference) = (new PointFormula(b.Residual), 0.0, 0.0);
            foreach (var point in Points(stated, a, random))
            {
                var jets = new Dictionary<Expr.Derivative, double>();
                double Jet(Expr leaf) => leaf is Expr.Derivative derivative ? jets.TryGetValue(derivative, out var known) ? known : jets[derivative] = random.NextDouble() - 0.5 : double.NaN;
                var elsewhere = (double[])point.Clone();
                elsewhere[0] = other.Units.Coordinates[0].ToOwn(offset + (size * (stated.Units?.Coordinates[0].ToPhysical(point[0]) ?? point[0])));

                // Measured values are known at their own points alone; what they are is looked at below.
                var (x, y) = (new PointFormula(a.Residual).At(point, leaf => leaf is Expr.KnownFunction ? 0.5 : Jet(leaf))!.Value, scaled.At(elsewhere, leaf => leaf is Expr.KnownFunction ? 0.5 * amount : Jet(leaf))!.Value);
                (sum, difference) = (sum + (x * x), difference + ((x - y) * (x - y)));
            }

            Assert.True(Math.Sqrt(difference / sum) <= rounding, $"seed {seed}, {a.Name}: {Math.Sqrt(difference / sum)}; {a.Residual} and {b.Residual}");
        }

        return true;
    }

    private static IEnumerable<double[]> Points(Problem problem, LossTerm term, Random random)
    {
        foreach (var region in Region.Of(problem, term).SelectMany(region => Enumerable.Repeat(region, 8)))
        {
            var point = new double[problem.Dimension];
            region.Place([.. Enumerable.Range(0, region.FreeDimensions).Select(_ => random.NextDouble())], point);
            yield return point;
        }
    }
}
