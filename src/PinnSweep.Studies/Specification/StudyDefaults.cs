using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Specification;

/// <summary>What a study gets where its file is silent.</summary>
public static class StudyDefaults
{
    /// <summary>The primary metric.</summary>
    public const string Metric = "relative_l2";

    /// <summary>Replicates of each cell.</summary>
    public const int SeedCount = 5;

    /// <summary>Relative L2 error, or <c>residual_l2</c> where no solution is known, below which a trial counts as converged.</summary>
    public const double ConvergedBelow = 0.1;

    /// <summary>Points of the error curve that a budget of steps is divided into.</summary>
    public const int CurvePoints = 100;

    /// <summary>Steps between points of the curve under a budget of seconds, whose steps are not known beforehand.</summary>
    public const int EvaluateEveryUnderSeconds = 100;

    /// <summary>The arithmetic most published comparisons use.</summary>
    public const Precision Precision = Catalogs.Precision.Float32;

    /// <summary>Steps between evaluations under a budget.</summary>
    public static int EvaluateEvery(Budget budget) => budget.Steps is { } steps ? Math.Max(1, steps / CurvePoints) : EvaluateEveryUnderSeconds;

    /// <summary>
    /// The kind of a factor that the file does not name: <c>mlp</c>, <c>static</c>, <c>uniform</c>, <c>adam</c>, <c>none</c> about time, or
    /// the catalog's first where it has no such entry; null for the problem, which a study must name.
    /// </summary>
    public static string? Kind(Factor factor, Catalog catalog)
    {
        var usual = factor switch
        {
            Factor.Network => "mlp",
            Factor.Balancer => "static",
            Factor.Sampler => "uniform",
            Factor.Optimizer => "adam",
            Factor.Time => "none",
            Factor.Precision => Precision.ToWord(),
            _ => null,
        };
        return usual is null || factor == Factor.Precision || catalog.Find(factor, usual) is not null ? usual : catalog.Of(factor).FirstOrDefault()?.Kind;
    }
}
