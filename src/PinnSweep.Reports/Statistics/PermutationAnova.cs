using PinnSweep.Numerics.Streams;

namespace PinnSweep.Reports.Statistics;

/// <summary>One effect of an analysis of variance.</summary>
/// <param name="DegreesOfFreedom">Of the effect.</param>
/// <param name="ResidualDegreesOfFreedom">Of the residual of the full model.</param>
/// <param name="SumOfSquares">That the effect explains beyond all effects that do not contain it.</param>
/// <param name="PartialEtaSquared">The effect's share of itself and the residual.</param>
/// <param name="F">Against the residual of the full model; infinite where it fits exactly.</param>
/// <param name="P">Of this F, from permutations.</param>
/// <param name="Permutations">How many were drawn.</param>
public sealed record AnovaEffect(int DegreesOfFreedom, int ResidualDegreesOfFreedom, double SumOfSquares, double PartialEtaSquared, double F, double P, int Permutations);

/// <summary>
/// Analysis of variance of any crossed design, complete or not. Sums of squares are of type II: an effect is judged beyond all effects that
/// do not contain it, against the residual of the full model. p is that of the same F over permutations of the residuals of the reduced
/// model (Freedman and Lane 1983; Anderson and ter Braak 2003; Winkler et al. 2014), inside strata where the design has them. The reduced
/// model holds every mean of the full one that the effect's hypothesis allows: also the interactions that contain the effect, as far as
/// they are orthogonal to what is tested, so that a strong interaction is no noise of its main effects. Nothing is assumed of the
/// distribution of errors but that it is one.
/// </summary>
internal sealed class PermutationAnova
{
    /// <summary>
    /// Permutations of an effect, where the design is small enough; fewer, but never under <see cref="FewestPermutations"/>, where it is
    /// large.
    /// </summary>
    public const int MostPermutations = 1999;

    /// <summary>See <see cref="MostPermutations"/>.</summary>
    public const int FewestPermutations = 199;

    /// <summary>Seed of the permutations.</summary>
    public const long Seed = 19831;

    private const double WorkLimit = 4e8;

    // What is below this share of the squares is rounding: the model fits exactly.
    private const double Exact = 1e-12;
    private readonly double[] _values;
    private readonly int[][] _levels;
    private readonly int[] _strata;
    private readonly int[][] _members;
    private readonly IReadOnlyList<int[]> _model;
    private readonly int[][] _groups;

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
    }

    /// <summary>One effect of the model; null where the design cannot show it. May be asked by several threads at once.</summary>
    /// <param name="effect">Its place in the model.</param>
    /// <param name="name">Name of the random stream.</param>
    public AnovaEffect? Of(int effect, string name)
    {
        var (full, from, to) = Space(effect);
        var (degrees, freedom) = (to - from, _values.Length - full.Count);
        if (degrees == 0 || freedom <= 0)
        {
            return null;
        }

        var residual = full.Residual(_values);
        var part = full.Projection(_values, from, to);
        var (error, explained) = (Subspace.Square(residual), Subspace.Square(part));
        if (error + explained <= Exact * Exact * Subspace.Square(_values))
        {
            return null;
        }

        double[] reduced = [.. residual.Zip(part, (rest, along) => rest + along)];
        var permutations = (int)Math.Clamp(WorkLimit / full.Work, FewestPermutations, MostPermutations);
        return new(
            degrees,
            freedom,
            explained,
            explained / Math.Max(explained + error, double.Epsilon),
            Ratio(explained, error, explained + error) * freedom / degrees,
            (AtLeast(full, from, to, reduced, permutations, new(Seed, $"anova/{name}")) + 1.0) / (permutations + 1.0),
            permutations);
    }

    // What the reduced model fits is orthogonal to the effect and to the residual, and so is no part of F: its residuals alone are
    // permuted. Degrees of freedom are the same in each F and left out.
    private int AtLeast(Subspace full, int from, int to, double[] reduced, int permutations, RandomStream stream)
    {
        var square = Subspace.Square(reduced);
        var sums = full.Sums();
        var observed = Statistic(reduced);
        var shuffled = new double[_values.Length];
        var uniform = new double[_values.Length];
        var atLeast = 0;
        for (var draw = 0; draw < permutations; draw++)
        {
            stream.FillUniform(uniform);
            Shuffle(reduced, shuffled, uniform);
            atLeast += Statistic(shuffled) >= observed * (1 - 1e-10) ? 1 : 0;
        }

        return atLeast;

        double Statistic(double[] values)
        {
            var (whole, part) = full.Split(values, from, to, sums);
            return Ratio(part, square - whole, square);
        }
    }

    private static double Ratio(double part, double error, double square) =>
        error > Exact * square ? part / error : part > Exact * square ? double.PositiveInfinity : 0;

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

    // The full model in the order of the question: strata and the effects that do not contain this one, then what this one has beyond them,
    // then the rest.
    private (Subspace Full, int From, int To) Space(int effect)
    {
        var space = new Subspace(_values.Length);
        space.Add(_strata);
        var others = Enumerable.Range(0, _model.Count).Where(other => !_model[effect].All(_model[other].Contains)).ToArray();
        foreach (var other in others)
        {
            space.Add(_groups[other]);
        }

        var from = space.Count;
        space.Add(_groups[effect]);
        var to = space.Count;
        foreach (var containing in Enumerable.Range(0, _model.Count).Except(others).Where(other => other != effect))
        {
            space.Add(_groups[containing]);
        }

        return (space, from, to);
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
