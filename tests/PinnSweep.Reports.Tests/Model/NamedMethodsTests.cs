using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>Methods that set several factors are the rows of one table, in the order of the study file.</summary>
public sealed class NamedMethodsTests
{
    [Fact]
    public void Methods_of_several_factors_are_the_rows_of_one_table()
    {
        var results = new StudyResultsBuilder().With(Factor.Problem, "p1", "p2").With(Factor.Balancer, "static", "ntk").With(Factor.Sampler, "uniform", "rad").Seeds(1, 2, 3)
            .Control(Factor.Balancer, "static")
            .Error((levels, seed) => (levels.Balancer.Kind == "ntk" ? 0.1 : 0.2) * (levels.Sampler.Kind == "rad" ? 0.1 : 1) * (1 + (0.01 * seed)))
            .Build();
        var levels = results.Plan.Spec.Factors;
        NamedMethod Method(string name, int balancer, int sampler) => new(name, ImmutableSortedDictionary<Factor, Studies.Values.Level>.Empty
            .Add(Factor.Balancer, levels[Factor.Balancer][balancer]).Add(Factor.Sampler, levels[Factor.Sampler][sampler]));
        var methods = new NamedMethods([Factor.Balancer, Factor.Sampler], [Method("plain", 0, 0), Method("RAD", 0, 1), Method("NTK", 1, 0), Method("both", 1, 1)]);
        var plan = results.Plan with
        {
            Spec = results.Plan.Spec with { Methods = methods },
            Cells = [.. results.Plan.Cells.Select(cell => cell with { Labels = methods.Named(cell.Levels, cell.Labels) })],
        };

        var report = StudyReport.Build(results with { Plan = plan });

        var block = Assert.Single(report.Blocks);
        Assert.Equal(["plain", "RAD", "NTK", "both"], block.Rows);
        Assert.Equal(("method", "sampler"), (report.Axes.RowsWord, report.Axes.WordOf(Factor.Sampler)));
        Assert.Equal("plain", report.ControlRow);
        Assert.Equal(Standing.Best, block["both", "p1"]!.Standing);
        Assert.Contains("method", TextFormat.Accuracy(report), StringComparison.Ordinal);
        Assert.Equal(["static", "ntk"], ReportLevel.AllOf(plan).Where(level => level.Factor == Factor.Balancer).Select(level => level.Label));
    }
}
