using System.Text.RegularExpressions;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests;

/// <summary>The table of defaults and what the program tells of bare names are one.</summary>
public sealed class KnownDefaultsTests
{
    private static readonly (string Factor, string Kind, bool IsWorse)[] Rows =
    [
        .. File.ReadLines(Path.Combine(RepositoryPaths.Root, "docs", "defaults.md"))
            .Select(line => Regex.Match(line, @"^\| (\w+) \| `([a-z0-9-]+)` \|(.*)$"))
            .Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value.Contains("× [", StringComparison.Ordinal) && match.Groups[3].Value.Contains("**", StringComparison.Ordinal))),
    ];

    [Fact]
    public void Each_method_that_the_table_finds_worse_is_told_and_no_other()
    {
        var told = PinnCatalog.Instance.Entries.Where(entry => entry.DefaultsCaution is not null).Select(entry => $"{entry.Factor.ToWord()} {entry.Kind}");

        Assert.Equal(Rows.Where(row => row.IsWorse).Select(row => $"{row.Factor} {row.Kind}").Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Factor.Network)]
    [InlineData(Factor.Balancer)]
    [InlineData(Factor.Sampler)]
    [InlineData(Factor.Optimizer)]
    [InlineData(Factor.Time)]
    public void The_table_has_every_method_with_a_bare_name(Factor factor) => Assert.Equal(
        PinnCatalog.Instance.Of(factor).Where(entry => entry.Parameters.All(parameter => parameter.Default is not null)).Select(entry => entry.Kind).Order(StringComparer.Ordinal),
        Rows.Where(row => row.Factor == factor.ToWord()).Select(row => row.Kind).Order(StringComparer.Ordinal));

    [Fact]
    public void A_plan_with_a_bare_name_that_is_worse_says_so()
    {
        var study = StudyFile.Parse("study: s\nbudget: {steps: 5}\nfactors: {problem: helmholtz, balancer: [static, geometric-loss, {kind: learning-rate-annealing, variant: paper}]}", "s.yaml", PinnCatalog.Instance);

        Assert.Collection(
            Planner.Plan(study, PinnCatalog.Instance).Notices,
            told => Assert.StartsWith("balancer 'geometric-loss': with its defaults it ends trivial or diverged on helmholtz", told, StringComparison.Ordinal),
            told => Assert.StartsWith("balancer 'learning-rate-annealing': algorithm 1 as printed", told, StringComparison.Ordinal));
    }
}
