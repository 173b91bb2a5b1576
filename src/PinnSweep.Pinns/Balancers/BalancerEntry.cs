using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>What a balancer gives weights to.</summary>
public enum Granularity
{
    /// <summary>One weight a loss term.</summary>
    Term,

    /// <summary>One weight a point.</summary>
    Point,

    /// <summary>The gradients of the terms are combined as vectors.</summary>
    Gradient,
}

/// <summary>What a common positive factor on all losses does to the direction that the optimizer gets.</summary>
public enum ScaleBehaviour
{
    /// <summary>The weights stay the same.</summary>
    Invariant,

    /// <summary>The weights change; the method's documentation says how.</summary>
    Dependent,
}

/// <summary>A balancer of the catalogue.</summary>
/// <param name="Method">Name, source and parameters.</param>
/// <param name="Granularity">What it weighs by default.</param>
/// <param name="Scale">What a common factor on all losses does.</param>
/// <param name="Create">Makes a balancer from its level, all defaults filled in.</param>
public sealed record BalancerEntry(MethodEntry Method, Granularity Granularity, ScaleBehaviour Scale, Func<BalancerContext, Level, IBalancer> Create)
{
    /// <summary>Parameters whose keys are names of loss terms; <see cref="CheckTerms"/> checks them.</summary>
    public ImmutableArray<string> KeyedByTerm { get; init; } = [];

    /// <summary>Terms that a level names in another way, each with the parameter that does.</summary>
    public Func<Level, IEnumerable<(string Parameter, string Term)>> NamesTerms { get; init; } = _ => [];

    /// <summary>Why the method cannot be used at these levels of the other factors, or null where it can.</summary>
    public Func<CellLevels, string?> WhyNotApplicable { get; init; } = _ => null;

    /// <summary>Why the method, with these parameters, cannot be used with points that are drawn anew during training, or null where it can.</summary>
    public Func<Level, string?> WhyPointsMustStay { get; init; } = _ => null;

    /// <summary>Checks every parameter that is keyed by term against the terms that the problem has.</summary>
    /// <exception cref="UserMistakeException">A key is not the name of a term.</exception>
    public void CheckTerms(Level level, IEnumerable<string> terms)
    {
        var allowed = terms.ToList();
        var named = KeyedByTerm.SelectMany(parameter => level.Parameters.Numbers(parameter).Keys.Select(key => (parameter, key))).Concat(NamesTerms(level)).ToList();
        foreach (var (parameter, key) in named.Where(pair => !allowed.Contains(pair.Item2)))
        {
            throw new UserMistakeException(
                $"balancer '{Method.Kind}': '{parameter}' names the term {NearestMatch.Quote(key)}, which this problem does not have{NearestMatch.Hint(key, allowed)}");
        }
    }
}
