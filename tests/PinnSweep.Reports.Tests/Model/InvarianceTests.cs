using CsCheck;
using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>What must not depend on how a study happens to be written down.</summary>
public sealed class InvarianceTests
{
    private static readonly string[] Methods = ["a", "b", "c", "d"];

    // No two differences are equal: with ties the last bit of a logarithm would decide.
    private static readonly Gen<double[]> LogErrors = Gen.Long.Select(seed =>
    {
        var stream = new RandomStream(seed, "errors");
        return Enumerable.Range(0, 4 * 3 * 5).Select(_ => -3 + (0.5 * stream.NextGaussian())).ToArray();
    });

    [Fact]
    public void The_order_of_methods_changes_no_verdict() => LogErrors.Sample(
        logs =>
        {
            var (forward, backward) = (Aggregated(logs, Methods, 1), Aggregated(logs, [.. Methods.Reverse()], 1));
            return forward.Rows.All(row => Same(row, backward.Rows.Single(other => other.Row == row.Row)));
        },
        iter: 15);

    [Fact]
    public void The_unit_of_the_error_changes_no_rank_and_no_ratio() => LogErrors.Sample(
        logs =>
        {
            var (one, thousand) = (Aggregated(logs, Methods, 1), Aggregated(logs, Methods, 1000));
            return one.Rows.Zip(thousand.Rows).All(pair => pair.First.Row == pair.Second.Row && Same(pair.First, pair.Second));
        },
        iter: 15);

    [Fact]
    public void A_clone_of_a_method_changes_no_raw_p_against_the_control() => LogErrors.Sample(
        logs =>
        {
            var (without, with) = (Aggregated(logs, Methods, 1), Aggregated(logs, [.. Methods, "d2"], 1));
            return without.Rows.All(row => row.SignedRank?.P == with.Rows.Single(other => other.Row == row.Row).SignedRank?.P);
        },
        iter: 15);

    [Fact]
    public void A_clone_of_the_best_is_equivalent_to_it() => LogErrors.Sample(
        logs =>
        {
            var report = Report(logs, [.. Methods, "d2"], 1);
            return report.Blocks[0].Columns.All(column =>
            {
                var (d, clone) = (report.Blocks[0]["d", column]!.Standing, report.Blocks[0]["d2", column]!.Standing);
                return d != Standing.Best || clone == Standing.Equivalent;
            });
        },
        iter: 15);

    [Fact]
    public void A_failed_trial_never_leaves_a_mean_without_its_count()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());
        var cell = report.Blocks[0]["self-adaptive", "helmholtz"]!;

        Assert.Equal(2, cell.Accuracy.Count);
        Assert.Equal(Standing.Unranked, cell.Standing);

        // Of 1e-3 and 3e-3: √3 e-3, and t(1) = 12.706 times half of log10 3, ± 3.0312 decades.
        Assert.Contains("self-adaptive          1.73e-3     1.6e-6 – 1.9e0  2.00e-3  1.0e-3 – 3.0e-3  2/3 (1 diverged)", TextFormat.Accuracy(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_with_one_diverged_seed_keeps_its_score_over_problems()
    {
        var report = StudyReport.Build(Made.ManyProblems(3, 3, 3)
            .Error((levels, seed) => levels is { Problem.Kind: "problem2", Balancer.Kind: "method3" } && seed == 2 ? null : 1e-3 * seed).Build());

        Assert.Empty(Aggregate.Of(report.Blocks[0], report.ControlRow)!.LeftOut);
    }

    [Fact]
    public void Blocks_are_made_of_the_factors_on_neither_axis()
    {
        var results = Made.FourMethods().With(Factor.Network, "mlp", "fourier").Build();

        var byBalancer = StudyReport.Build(results, new(Factor.Balancer, Factor.Problem));
        var byNetwork = StudyReport.Build(results, new(Factor.Balancer, Factor.Network));

        Assert.Equal(["network mlp", "network fourier"], byBalancer.Blocks.Select(block => block.Name));
        Assert.Equal(["mlp", "fourier"], Assert.Single(byNetwork.Blocks).Columns);
        Assert.Equal(8, byBalancer.Blocks.Sum(block => block.Cells.Count));
    }

    [Fact]
    public void On_one_problem_the_second_factor_is_the_columns()
    {
        var report = StudyReport.Build(Made.FourMethods().With(Factor.Network, "mlp", "fourier").Build());

        Assert.Equal(new ReportAxes(Factor.Balancer, Factor.Network), report.Axes);
        Assert.All(report.Blocks, block => Assert.Null(AggregateTable.Of(report, block)));
    }

    [Fact]
    public void A_factor_may_be_held_or_averaged_over()
    {
        var results = Made.FourMethods().With(Factor.Network, "mlp", "fourier").Build();

        var held = StudyReport.Build(results, ReportAxes.Chosen(results.Plan, null, Factor.Problem, [(Factor.Network, "fourier")], []));
        var averaged = StudyReport.Build(results, ReportAxes.Chosen(results.Plan, null, Factor.Problem, [], [Factor.Network]));

        Assert.Equal(3, Assert.Single(held.Blocks)["static", "helmholtz"]!.Trials.Length);
        var cell = Assert.Single(averaged.Blocks)["static", "helmholtz"]!;
        Assert.Equal(6, cell.Trials.Length);
        Assert.Equal(6, cell.LogRatios(averaged.Blocks[0]["relobralo", "helmholtz"]!).Length);
    }

    [Fact]
    public void Axes_that_make_no_sense_are_a_users_mistake()
    {
        var plan = Made.FourMethods().Build().Plan;

        Assert.Throws<UserMistakeException>(() => ReportAxes.Chosen(plan, Factor.Balancer, Factor.Balancer, [], []));
        Assert.Throws<UserMistakeException>(() => ReportAxes.Chosen(plan, Factor.Balancer, null, [], [Factor.Balancer]));
        Assert.Contains("nearest 'relobralo'", Assert.Throws<UserMistakeException>(() => ReportAxes.Chosen(plan, null, null, [(Factor.Balancer, "relobrallo")], [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clone_of_a_method_flips_no_verdict_against_the_control() => LogErrors.Sample(
        logs =>
        {
            var (without, with) = (Aggregated(logs, Methods, 1), Aggregated(logs, [.. Methods, "d2"], 1));
            return without.Rows.All(row => row.SignedRankHolm == with.Rows.Single(other => other.Row == row.Row).SignedRankHolm);
        },
        iter: 15);

    [Fact]
    public void A_clone_of_a_method_moves_no_standing() => LogErrors.Sample(
        logs =>
        {
            var (without, with) = (Report(logs, Methods, 1).Blocks[0], Report(logs, [.. Methods, "d2"], 1).Blocks[0]);
            return without.Columns.All(column => without.Rows.All(row => without[row, column]!.Standing == with[row, column]!.Standing));
        },
        iter: 15);

    [Fact]
    public void The_order_of_problems_changes_no_verdict() => LogErrors.Sample(
        logs =>
        {
            var (forward, backward) = (Aggregated(logs, Methods, 1), Aggregated(logs, Methods, 1, ["p4", "p2", "p5", "p1", "p3"]));
            return forward.Rows.All(row => Same(row, backward.Rows.Single(other => other.Row == row.Row)));
        },
        iter: 15);

    private static bool Same(AggregateRow one, AggregateRow other) =>
        one.MeanRank == other.MeanRank && one.Record == other.Record && one.SignedRank?.P == other.SignedRank?.P && one.SignedRankHolm == other.SignedRankHolm
        && (one.Ratio is null || Math.Abs(Math.Log10(one.Ratio.Value / other.Ratio!.Value)) < 1e-9);

    private static Aggregate Aggregated(double[] logs, string[] methods, double unit, string[]? problems = null)
    {
        var report = Report(logs, methods, unit, problems);
        return Aggregate.Of(report.Blocks[0], report.ControlRow)!;
    }

    private static StudyReport Report(double[] logs, string[] methods, double unit, string[]? problems = null) => StudyReport.Build(new StudyResultsBuilder()
        .With(Factor.Problem, problems ?? ["p1", "p2", "p3", "p4", "p5"])
        .With(Factor.Balancer, methods)
        .Control(Factor.Balancer, "a")
        .Points(1)

        // In another unit an error is no other outcome.
        .Outcome((_, _) => Outcome.Stalled)
        .Error((levels, seed) =>
        {
            var method = Array.IndexOf(Methods, levels.Balancer.Kind[..1]);
            var problem = levels.Problem.Kind[1] - '1';
            return unit * Math.Pow(10, logs[(((method * 5) + problem) * 3) + (int)seed - 1]);
        })
        .Build());
}
