using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers;

/// <summary>A balancer of the catalog.</summary>
/// <param name="Method">Name, source and parameters.</param>
/// <param name="Granularity">What it weighs by default.</param>
/// <param name="Scale">What a common factor on all losses does.</param>
/// <param name="Create">Makes a balancer from its level, all defaults filled in.</param>
public sealed record BalancerEntry(MethodEntry Method, Granularity Granularity, ScaleBehaviour Scale, Func<BalancerContext, Level, IBalancer> Create)
{
    /// <summary>Parameters whose keys are names of loss terms.</summary>
    public ImmutableArray<Parameter<ImmutableSortedDictionary<string, double>>> KeyedByTerm { get; init; } = [];

    /// <summary>What a level weighs; null for methods that know one way alone, which is <see cref="Granularity"/>.</summary>
    public Func<Level, Granularity>? WeighedBy { get; init; }

    /// <summary>What a level weighs.</summary>
    public Granularity GranularityOf(Level level) => WeighedBy?.Invoke(level) ?? Granularity;

    /// <summary>Terms that a level names in another way, each with the parameter that does.</summary>
    public Func<Level, IEnumerable<(string Parameter, string Term)>> NamesTerms { get; init; } = _ => [];

    /// <summary>Adds what a level wants in the loss beside the problem's own terms; by default nothing.</summary>
    public Func<Level, Problem, Problem> Extend { get; init; } = (_, problem) => problem;

    /// <summary>Why the method cannot be used for a problem at these levels of the other factors, or null where it can.</summary>
    public Func<CellLevels, Problem, string?> WhyNotApplicable { get; init; } = (_, _) => null;

    /// <summary>
    /// Why the method, with these parameters, cannot be used with points that are drawn anew during training, or null where it can.
    /// </summary>
    public Func<Level, string?> WhyPointsMustStay { get; init; } = _ => null;

    /// <summary>Makes the balancer of a level, after checking the terms that it names.</summary>
    public IBalancer Make(BalancerContext context, Level level)
    {
        var terms = context.Terms.Select(term => term.Name).ToList();
        if (TermsNamed(level).FirstOrDefault(named => !terms.Contains(named.Term)) is { Term: { } unknown, Parameter: var parameter })
        {
            throw new UserMistakeException(
                $"balancer '{level.Kind}': '{parameter}' names the term {NearestMatch.Quote(unknown)}, which this problem does not have{NearestMatch.Hint(unknown, terms)}");
        }

        if (WhyPointsMustStay(level) is { } reason && context.FixedPoints.Contains(false))
        {
            throw new UserMistakeException($"balancer '{level.Kind}': {reason}");
        }

        return Create(context, level);
    }

    /// <summary>The names of terms that a level says, each with its parameter.</summary>
    public IEnumerable<(string Parameter, string Term)> TermsNamed(Level level) =>
    [
        .. from parameter in KeyedByTerm
           from term in parameter.Of(level).Keys
           select (parameter.Name, term),
        .. NamesTerms(level),
    ];

    /// <summary>
    /// Why a level that names terms cannot be used with a problem that lacks one of them, or null. A name that no problem of a study has is
    /// a slip, which is told before (<see cref="UnknownNames"/>).
    /// </summary>
    /// <param name="level">The level.</param>
    /// <param name="terms">The terms of the loss.</param>
    /// <param name="whose">Whose they are, for messages.</param>
    /// <param name="kept">Terms of the problem that the network keeps by construction.</param>
    public string? WhyNoTerm(Level level, IEnumerable<string> terms, string whose, IReadOnlyCollection<string> kept)
    {
        var known = terms.ToList();
        return TermsNamed(level).Where(named => !known.Contains(named.Term)).Select(named => kept.Contains(named.Term)
            ? $"'{named.Parameter}' of {Method.Kind} names the term '{named.Term}', which the network keeps by construction"
            : $"'{named.Parameter}' of {Method.Kind}: {whose} has no term {NearestMatch.Quote(named.Term)} (it has {string.Join(", ", known.Concat(kept))})").FirstOrDefault();
    }
}
