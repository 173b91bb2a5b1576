using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Benchmarks.Defaults;

/// <summary>
/// One study a factor: every kind of the catalog by its bare name, so with its defaults, on three problems that plain training learns to
/// some per cent in a few thousand steps: two terms of unequal size, a wave that travels, a system of three equations. All other factors
/// stay at plain training.
/// </summary>
internal static class DefaultsStudies
{
    private const string Points = "interior: 500, boundary: 200, initial: 100";

    /// <summary>The factors that have methods.</summary>
    public static IReadOnlyList<Factor> Factors { get; } = [Factor.Network, Factor.Balancer, Factor.Sampler, Factor.Optimizer, Factor.Time];

    /// <summary>What all others of a factor are held against.</summary>
    public static string Control(Factor factor) => factor switch
    {
        Factor.Network => "mlp",
        Factor.Balancer => "static",
        Factor.Sampler => "uniform",
        Factor.Optimizer => "adam",
        _ => "none",
    };

    /// <summary>The kinds that a bare name trains.</summary>
    public static IEnumerable<string> Kinds(Factor factor) => Entries(factor).Where(IsBare).Select(entry => entry.Kind);

    /// <summary>The kinds that need parameters, with their names.</summary>
    public static IEnumerable<(string Kind, string Parameters)> Unbare(Factor factor) => Entries(factor).Where(entry => !IsBare(entry))
        .Select(entry => (entry.Kind, string.Join(", ", entry.Parameters.Where(parameter => parameter.Default is null).Select(parameter => parameter.Name))));

    /// <summary>The study file.</summary>
    /// <param name="factor">What varies.</param>
    /// <param name="steps">Steps of a trial.</param>
    /// <param name="seeds">Trials of a cell.</param>
    /// <param name="only">Kinds beside the control; empty for all. A method that is added leaves the trials of the others as they are.</param>
    public static string Text(Factor factor, int steps, int seeds, string[] only)
    {
        string Levels(Factor other) => other == factor ? string.Join(", ", Kinds(factor).Where(kind => only.Length == 0 || kind == Control(factor) || only.Contains(kind)).Select(kind => Level(factor, kind))) : Plain(other);
        return FormattableString.Invariant(
            $$"""
            study: defaults-{{factor.ToWord()}}
            description: Every {{factor.ToWord()}} of the catalog by its bare name.
            seeds: {{seeds}}
            factors:
              problem: [{kind: helmholtz, a2: 2}, {kind: convection, beta: 5}, kovasznay]
              network: [{{Levels(Factor.Network)}}]
              balancer: [{{Levels(Factor.Balancer)}}]
              sampler: [{{Levels(Factor.Sampler)}}]
              optimizer: [{{Levels(Factor.Optimizer)}}]
              time: [{{Levels(Factor.Time)}}]
            budget: {steps: {{steps}}}
            control: {{{factor.ToWord()}}: {{Level(factor, Control(factor))}}}
            """);
    }

    private static string Level(Factor factor, string kind) => factor == Factor.Sampler ? $"{{kind: {kind}, {Points}}}" : kind;

    private static string Plain(Factor factor) => factor switch
    {
        Factor.Network => "{kind: mlp, hidden: [20, 20, 20]}",
        Factor.Sampler => Level(factor, "uniform"),
        _ => Control(factor),
    };

    private static IEnumerable<MethodEntry> Entries(Factor factor) => PinnCatalog.Instance.Of(factor);

    private static bool IsBare(MethodEntry entry) => entry.FromFile is null && entry.Parameters.All(parameter => parameter.Default is not null);
}
