using PinnSweep.Studies;

namespace PinnSweep.Reports;

/// <summary>One effect of an analysis of variance.</summary>
/// <param name="DegreesOfFreedom">Of the effect.</param>
/// <param name="SumOfSquares">That the effect explains beyond all effects that do not contain it.</param>
/// <param name="PartialEtaSquared">The effect's share of itself and the residual.</param>
/// <param name="F">Against the residual of the full model; infinite where it fits exactly.</param>
/// <param name="P">From permutations.</param>
/// <param name="Permutations">How many were drawn.</param>
public sealed record AnovaEffect(int DegreesOfFreedom, double SumOfSquares, double PartialEtaSquared, double F, double P, int Permutations);

/// <summary>
/// Analysis of variance of any crossed design, complete or not, whose p come from permutations of residuals under the reduced model (Freedman and
/// Lane 1983), inside strata where the design has them. Sums of squares are of type II: an effect is judged beyond all effects that do not
/// contain it. Nothing is assumed of the distribution of errors but that it is one.
/// </summary>
public sealed class PermutationAnova
{
    /// <summary>Permutations of an effect, where the design is small enough; fewer, but never under <see cref="FewestPermutations"/>, where it is large.</summary>
    public const int MostPermutations = 1999;

    /// <summary>See <see cref="MostPermutations"/>.</summary>
    public const int FewestPermutations = 199;

    /// <summary>Seed of the permutations.</summary>
    public const long Seed = 19831;

    private const double WorkLimit = 4e8;
    private readonly double[] _values;
    private readonly int[][] _levels;
    private readonly int[] _strata;
    private readonly int[][] _members;

    /// <summary>A design.</summary>
    /// <param name="values">One observation a line.</param>
    /// <param name="levels">For each factor the level of each observation, from 0.</param>
    /// <param name="strata">The stratum of each observation, from 0; its mean is removed and permutations stay inside it.</param>
    public PermutationAnova(double[] values, int[][] levels, int[] strata)
    {
        _values = values;
        _levels = levels;
        _strata = strata;
        _members = [.. Enumerable.Range(0, values.Length).GroupBy(i => strata[i]).OrderBy(group => group.Key).Select(group => group.ToArray())];
    }

    /// <summary>The effect of one factor or of the interaction of several, given by their indices; null where the design cannot show it.</summary>
    /// <param name="effect">Indices of factors, ascending.</param>
    /// <param name="model">All effects of the model, this one among them.</param>
    /// <param name="name">Name of the random stream.</param>
    public AnovaEffect? Of(int[] effect, IReadOnlyList<int[]> model, string name)
    {
        var reduced = new Subspace(_values.Length);
        reduced.Add(Indicators([.. _strata]));
        foreach (var other in model.Where(other => !effect.All(other.Contains)))
        {
            reduced.Add(Indicators(Joint(other)));
        }

        var from = reduced.Count;
        var full = reduced.Copy();
        full.Add(Indicators(Joint(effect)));
        var degrees = full.Count - from;
        var whole = full.Copy();
        foreach (var other in model)
        {
            whole.Add(Indicators(Joint(other)));
        }

        var freedom = _values.Length - whole.Count;
        if (degrees == 0 || freedom <= 0)
        {
            return null;
        }

        var residual = full.Residual(_values, from);
        var explained = full.Explained(_values, from, full.Count);
        var error = Subspace.Square(whole.Residual(_values, whole.Count));
        var rest = Subspace.Square(residual) - explained;

        // Under permutation the statistic is compared with everything else the reduced model leaves, which orders as F does.
        var observed = explained / Math.Max(rest, double.Epsilon);
        var permutations = (int)Math.Clamp(WorkLimit / ((double)_values.Length * full.Count), FewestPermutations, MostPermutations);
        var stream = new RandomStream(Seed, $"anova/{name}");
        var shuffled = new double[_values.Length];
        var atLeast = 0;
        for (var draw = 0; draw < permutations; draw++)
        {
            Shuffle(residual, shuffled, stream);
            var (part, total) = full.Split(shuffled, from);
            atLeast += part / Math.Max(total - part, double.Epsilon) >= observed * (1 - 1e-10) ? 1 : 0;
        }

        return new(
            degrees,
            explained,
            explained / Math.Max(explained + error, double.Epsilon),
            error > 1e-12 * explained ? explained / degrees / (error / freedom) : double.PositiveInfinity,
            (atLeast + 1.0) / (permutations + 1.0),
            permutations);
    }

    private void Shuffle(double[] from, double[] to, RandomStream stream)
    {
        foreach (var members in _members)
        {
            for (var i = 0; i < members.Length; i++)
            {
                // Inside-out shuffle: each value of the stratum goes to each place with one probability.
                var j = stream.NextInt(i + 1);
                to[members[i]] = to[members[j]];
                to[members[j]] = from[members[i]];
            }
        }
    }

    private int[] Joint(int[] factors)
    {
        var numbers = new Dictionary<string, int>();
        return
        [
            .. Enumerable.Range(0, _values.Length).Select(i =>
            {
                var key = string.Join(',', factors.Select(factor => _levels[factor][i].ToString(System.Globalization.CultureInfo.InvariantCulture)));
                return numbers.TryGetValue(key, out var number) ? number : numbers[key] = numbers.Count;
            }),
        ];
    }

    private static IEnumerable<double[]> Indicators(int[] groups) =>
        Enumerable.Range(0, groups.Max() + 1).Select(group => groups.Select(g => g == group ? 1.0 : 0).ToArray());
}
