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
    private readonly IReadOnlyList<int[]> _model;
    private readonly int[][] _groups;
    private readonly Subspace _whole;
    private readonly int _beforeLast;
    private readonly double _error;

    /// <summary>A design.</summary>
    /// <param name="values">One observation a line.</param>
    /// <param name="levels">For each factor the level of each observation, from 0.</param>
    /// <param name="strata">The stratum of each observation, from 0; its mean is removed and permutations stay inside it.</param>
    /// <param name="model">All effects of the model: indices of factors, ascending.</param>
    public PermutationAnova(double[] values, int[][] levels, int[] strata, IReadOnlyList<int[]> model)
    {
        _values = values;
        _levels = levels;
        _strata = strata;
        _members = [.. Enumerable.Range(0, values.Length).GroupBy(i => strata[i]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        _model = model;
        _groups = [.. model.Select(Joint)];
        (_whole, _beforeLast) = Space(Enumerable.Range(0, model.Count));
        _error = Subspace.Square(_whole.Residual(values, _whole.Count));
    }

    /// <summary>One effect of the model; null where the design cannot show it. May be asked by several threads at once.</summary>
    /// <param name="effect">Its place in the model.</param>
    /// <param name="name">Name of the random stream.</param>
    public AnovaEffect? Of(int effect, string name)
    {
        var others = Enumerable.Range(0, _model.Count).Where(other => !_model[effect].All(_model[other].Contains)).ToArray();

        // The largest space, that of the last interaction, is the whole model's own.
        var isWhole = effect == _model.Count - 1 && others.Length == effect;
        var (full, from) = isWhole ? (_whole, _beforeLast) : Space(others.Append(effect));
        var degrees = full.Count - from;
        var freedom = _values.Length - _whole.Count;
        if (degrees == 0 || freedom <= 0)
        {
            return null;
        }

        var residual = full.Residual(_values, from);
        var explained = full.Explained(_values, from);
        var permutations = (int)Math.Clamp(WorkLimit / full.Work, FewestPermutations, MostPermutations);
        return new(
            degrees,
            explained,
            explained / Math.Max(explained + _error, double.Epsilon),
            _error > 1e-12 * explained ? explained / degrees / (_error / freedom) : double.PositiveInfinity,
            (AtLeast(full, from, residual, permutations, new(Seed, $"anova/{name}")) + 1.0) / (permutations + 1.0),
            permutations);
    }

    // Under permutation the statistic is compared with everything else the reduced model leaves, which orders as F does.
    private int AtLeast(Subspace full, int from, double[] residual, int permutations, RandomStream stream)
    {
        var square = Subspace.Square(residual);
        var sums = full.Sums();
        var observed = Statistic(residual);
        var shuffled = new double[_values.Length];
        var uniform = new double[_values.Length];
        var atLeast = 0;
        for (var draw = 0; draw < permutations; draw++)
        {
            stream.FillUniform(uniform);
            Shuffle(residual, shuffled, uniform);
            atLeast += Statistic(shuffled) >= observed * (1 - 1e-10) ? 1 : 0;
        }

        return atLeast;

        double Statistic(double[] values)
        {
            var (before, part) = full.Split(values, from, sums);
            return part / Math.Max(square - before - part, double.Epsilon);
        }
    }

    private void Shuffle(double[] from, double[] to, double[] uniform)
    {
        var at = 0;
        foreach (var members in _members)
        {
            for (var i = 0; i < members.Length; i++)
            {
                // Inside-out shuffle: each value of the stratum goes to each place with one probability.
                var j = (int)(uniform[at++] * (i + 1));
                to[members[i]] = to[members[j]];
                to[members[j]] = from[members[i]];
            }
        }
    }

    // Strata and effects in their order, and how many vectors there are without the last.
    private (Subspace Space, int BeforeLast) Space(IEnumerable<int> effects)
    {
        var space = new Subspace(_values.Length);
        space.Add(_strata);
        var before = space.Count;
        foreach (var effect in effects)
        {
            before = space.Count;
            space.Add(_groups[effect]);
        }

        return (space, before);
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
}
