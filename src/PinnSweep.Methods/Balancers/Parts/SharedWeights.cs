using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>
/// Terms that share one weight, as programs have it that add such terms up before they weigh them: statistics are those of the summed
/// gradient.
/// </summary>
internal sealed class SharedWeights
{
    private readonly int[][] _groups;
    [Scratch] private readonly double[] _sum;

    public SharedWeights(BalancerContext context, Level level)
    {
        var names = Parameter.Of(level);
        var members = names.Select(group => group.Select(name => context.Terms.ToList().FindIndex(term => term.Name == name)).ToArray()).ToArray();
        var alone = Enumerable.Range(0, context.Terms.Length).Where(k => !members.Any(group => group.Contains(k))).Select(k => new[] { k });
        _groups = [.. members, .. alone];
        _sum = members.Length > 0 ? new double[context.ParameterCount] : [];
    }

    /// <summary>The parameter: a list of lists of terms. It came later than its kinds.</summary>
    public static Parameter<ImmutableArray<ImmutableArray<string>>> Parameter { get; } = new(
        "share",
        new ParameterType.ListOf(new ParameterType.ListOf(new ParameterType.Name(), 2)),
        new SpecValue.List([]),
        "terms that share one weight, for instance [[initial, initial-velocity]]: their sum is weighed, as where a program adds them up "
            + "first",
        value => [.. ((SpecValue.List)value).Items.Select(Names)])
    {
        Absent = new SpecValue.List([]),
    };

    /// <summary>The groups, each the places of its terms; a term without companions is a group of its own.</summary>
    public ReadOnlySpan<int[]> Members => _groups;

    /// <summary>Why these terms cannot share their weights, or null.</summary>
    public static string? WhyNot(Level level, Problem problem)
    {
        var named = Parameter.Of(level).SelectMany(group => group).ToArray();
        return named.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? $"'{Parameter.Name}' names the term '{twice.Key}' twice; a term has one weight"
            : problem.Terms.FirstOrDefault(term => term.Role == TermRole.Residual && named.Contains(term.Name)) is { } residual
            ? $"'{Parameter.Name}' names the term '{residual.Name}', an equation, whose weight is always 1; name conditions"
            : null;
    }

    private static ImmutableArray<string> Names(SpecValue group) =>
        [.. ((SpecValue.List)group).Items.Select(name => ((SpecValue.Text)name).Value)];

    /// <summary>The gradient of a group's sum; the next call overwrites it.</summary>
    public ReadOnlySpan<double> Gradient(in StepObservation observation, int[] group)
    {
        if (group.Length == 1)
        {
            return observation.Gradient(group[0]);
        }

        observation.Gradient(group[0]).CopyTo(_sum);
        foreach (var term in group.AsSpan(1))
        {
            TensorPrimitives.Add(_sum, observation.Gradient(term), _sum);
        }

        return _sum;
    }
}
