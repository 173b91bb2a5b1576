using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kégl, "Algorithms for hyper-parameter optimization", NIPS 2011) with
/// the constants of Optuna's TPESampler (optuna.readthedocs.io, github.com/optuna/optuna), each dimension by itself, logarithmic ones in
/// the logarithm. Three deviations: whole numbers are judged by the density in the middle of their share and not by its integral; start-up
/// points are Sobol's and not random; and proposals come in generations: each one counts as a bad point for those after it in its
/// generation (a constant liar, Ginsbourger, Le Riche, Carraro 2010), since they are made before any of them is known.
/// </summary>
public static class Tpe
{
    /// <summary>Proposals before it learns, the defaults among them (Optuna: n_startup_trials).</summary>
    public const int StartUp = 10;

    /// <summary>One point in so many is good (Optuna's default_gamma: ⌈n/10⌉) …</summary>
    public const int OneGoodIn = 10;

    /// <summary>… but no more than these.</summary>
    public const int MostGood = 25;

    /// <summary>Values drawn from the good density, of which the best is proposed (Optuna: n_ei_candidates).</summary>
    public const int Candidates = 24;

    /// <summary>The weight of the prior in units of a point (Optuna: prior_weight).</summary>
    public const double PriorWeight = 1;

    /// <summary>So many newest points weigh alike, older ones less (hyperopt's linear forgetting, Optuna's default_weights).</summary>
    public const int Remembered = 25;

    /// <summary>No window is narrower than this part of the range (Optuna: consider_magic_clip).</summary>
    public const double NarrowestShare = 100;

    /// <summary>Proposals in a row that repeat earlier points, after which uniform draws follow; own choice, for small spaces.</summary>
    public const int Repeats = 10;

    /// <summary>The design of the start-up points: sobol, and halton where there are more dimensions than sobol knows.</summary>
    internal static DesignKind StartUpDesign(SearchSpace space) =>
        space.Dimensions.Length <= SpaceDesign.SobolDimensions ? DesignKind.Sobol : DesignKind.Halton;

    /// <summary>New points, fewer where the space has no more.</summary>
    /// <param name="space">What is varied.</param>
    /// <param name="history">All proposals before, in the order of their numbers.</param>
    /// <param name="count">How many.</param>
    /// <param name="stream">The only chance.</param>
    internal static ImmutableArray<SpacePoint> Propose(SearchSpace space, ImmutableArray<Observation> history, int count, RandomStream stream)
    {
        var known = Learn(space, history);
        var fresh = new NewPoints(space, history.Select(seen => seen.Point));
        var proposals = ImmutableArray.CreateBuilder<SpacePoint>();
        while (proposals.Count < count && fresh.Next(Draw) is { } point)
        {
            proposals.Add(point);
            for (var i = 0; i < known.Length; i++)
            {
                known[i].AddBad(point.Values[i]);
            }
        }

        return proposals.ToImmutable();

        SpacePoint Draw(int inVain) =>
            inVain < Repeats ? Best(space, known, stream) : space.At(UnitDraws.Uniform(known.Length, stream));
    }

    /// <summary>The dimensions, each with its densities.</summary>
    internal static TpeDimension[] Learn(SearchSpace space, ImmutableArray<Observation> history)
    {
        var good = Good(history);
        var goodPoints = history.Where((_, i) => good.Contains(i)).Select(seen => seen.Point).ToArray();
        var badPoints = history.Where((_, i) => !good.Contains(i)).Select(seen => seen.Point).ToArray();
        return [.. space.Dimensions.Select((dimension, i) =>
            new TpeDimension(dimension.Scale, goodPoints.Select(point => point.Values[i]), badPoints.Select(point => point.Values[i])))];
    }

    /// <summary>The numbers of the best points, earlier ones first among equals; failures are never good.</summary>
    internal static HashSet<int> Good(ImmutableArray<Observation> history) =>
        [.. Enumerable.Range(0, history.Length)
            .Where(i => history[i].Score < double.PositiveInfinity)
            .OrderBy(i => history[i].Score)
            .Take(Math.Min((history.Length + OneGoodIn - 1) / OneGoodIn, MostGood))];

    private static SpacePoint Best(SearchSpace space, TpeDimension[] known, RandomStream stream)
    {
        var values = new SpecValue?[known.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = space.Counts(i, values) ? known[i].Propose(stream) : null;
        }

        return new([.. values]);
    }
}
