using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>What an optimizer is made for.</summary>
/// <param name="ParameterCount">Length of θ.</param>
/// <param name="RoundToSingle">Whether θ is rounded to single precision after every step, as float32 training does.</param>
public sealed record OptimizerContext(int ParameterCount, bool RoundToSingle);

/// <summary>An optimizer of the catalogue.</summary>
/// <param name="Method">Name, source and parameters.</param>
/// <param name="Create">Makes an optimizer from its level, all defaults filled in.</param>
public sealed record OptimizerEntry(MethodEntry Method, Func<OptimizerContext, Level, IOptimizer> Create);

/// <summary>All optimizers, one line each.</summary>
public static class OptimizerCatalog
{
    /// <summary>The optimizers in alphabetical order of their names.</summary>
    public static ImmutableArray<OptimizerEntry> All { get; } =
    [
        Adam.Entry,
        GradientDescent.Entry,
    ];

    /// <summary>Checks a level at planning time: whether it can be made at all.</summary>
    /// <exception cref="UserMistakeException">Its schedules contradict each other.</exception>
    public static void Check(Level level) => Create(new(0, RoundToSingle: false), level);

    /// <summary>Makes the optimizer of a level.</summary>
    /// <exception cref="UserMistakeException">There is no such kind, or its schedules contradict each other.</exception>
    public static IOptimizer Create(OptimizerContext context, Level level) =>
        (All.FirstOrDefault(entry => entry.Method.Kind == level.Kind)
         ?? throw new UserMistakeException(
             $"unknown optimizer {NearestMatch.Quote(level.Kind)}{NearestMatch.Hint(level.Kind, All.Select(entry => entry.Method.Kind))}"))
        .Create(context, level);
}
