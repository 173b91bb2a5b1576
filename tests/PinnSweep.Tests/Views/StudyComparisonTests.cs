using System.Collections.Immutable;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Views;

namespace PinnSweep.Tests.Views;

public sealed class StudyComparisonTests
{
    private static readonly StudyPlan Plan = MadeStudy.Plan(MadeStudy.Grid);

    [Fact]
    public void A_study_beside_itself_has_nothing_changed()
    {
        var comparison = Compare(MadeStudy.View(Plan), MadeStudy.View(Plan));

        Assert.Equal((0, 7), (comparison.Changed.Length, comparison.Unchanged));
        Assert.Empty(comparison.Warnings);
        Assert.Empty(comparison.Common);
        Assert.Empty(comparison.NotCompared);
    }

    [Fact]
    public void A_changed_parameter_is_told_with_both_values_and_ratios_are_of_the_same_seeds()
    {
        var other = MadeStudy.Plan(MadeStudy.Grid.Replace("steps: 2000}", "steps: 4000}\n# other", StringComparison.Ordinal).Replace("[static, relobralo]", "[static, {kind: relobralo, temperature: 0.5}]", StringComparison.Ordinal));
        var second = MadeStudy.View(other, MadeStudy.Rows(other, trial => (trial.Levels.Balancer.Kind == "relobralo" ? 0.4 : 0.2) * MadeStudy.Error(trial)));

        // Small enough to converge all the same: what fails in one study alone would come first.
        var comparison = Compare(MadeStudy.View(Plan, MadeStudy.Rows(Plan, trial => 0.1 * MadeStudy.Error(trial))), second);

        Assert.Equal(7, comparison.Changed.Length);
        Assert.Equal([new("budget", "2000 steps", "4000 steps"), new("evaluate_every", "20", "40")], comparison.Common);
        Assert.Equal([4, 4, 4, 2, 2, 2, 2], comparison.Changed.Select(cell => Math.Round(cell.Ratio!.Value, 9)));
        Assert.All(comparison.Changed, cell => Assert.Equal((3, true), (cell.N, cell.IsPaired)));
        // Every seed changed by the same factor, so the interval is that factor.
        Assert.Equal(4, comparison.Changed[0].Low!.Value, 6);
        Assert.Equal(4, comparison.Changed[0].High!.Value, 6);
        Assert.Contains("relobralo", comparison.Changed[0].Cell, StringComparison.Ordinal);
        Assert.Equal([new("balancer.temperature", Default("relobralo", "temperature"), "0.5")], comparison.Changed[0].Why);
        Assert.Empty(comparison.Changed[^1].Why);
    }

    [Fact]
    public void What_is_one_kind_throughout_a_study_and_another_in_the_other_is_a_reason()
    {
        var other = MadeStudy.Plan(MadeStudy.Grid.Replace("[static, relobralo]", "[static, relobralo]\n  precision: float64", StringComparison.Ordinal));

        var comparison = Compare(MadeStudy.View(Plan), MadeStudy.View(other, MadeStudy.Rows(other, trial => 2 * MadeStudy.Error(trial))));

        Assert.Equal(7, comparison.Changed.Length);
        Assert.Contains(new("precision", "float32", "float64"), comparison.Common);
    }

    [Fact]
    public void Other_seeds_are_compared_unpaired_and_told()
    {
        var other = MadeStudy.Plan(MadeStudy.Grid.Replace("seeds: 3", "seeds: [11, 12, 13, 14]", StringComparison.Ordinal));

        var comparison = Compare(MadeStudy.View(Plan), MadeStudy.View(other, MadeStudy.Rows(other, trial => 1e-3 * trial.Seed)));

        Assert.All(comparison.Changed, cell => Assert.Equal((3, false), (cell.N, cell.IsPaired)));
        Assert.Contains(new("seeds", "1 … 3", "11 … 14"), comparison.Common);
        Assert.All(comparison.Changed, cell => Assert.True(cell.Low < cell.Ratio && cell.Ratio < cell.High));
    }

    [Fact]
    public void Cells_that_one_study_has_alone_are_named()
    {
        var other = MadeStudy.Plan(MadeStudy.Grid.Replace("[mlp, siren]", "[mlp]", StringComparison.Ordinal).Replace(", network: siren", ", network: mlp", StringComparison.Ordinal));

        var comparison = Compare(MadeStudy.View(Plan), MadeStudy.View(other));

        Assert.Equal((4, 0), (comparison.OnlyFirst.Length, comparison.OnlySecond.Length));
        Assert.Equal(3, comparison.Unchanged + comparison.Changed.Length);
        Assert.Contains("wave · mlp · relobralo", comparison.OnlyFirst);
    }

    [Fact]
    public void One_description_with_two_numbers_is_a_warning_that_names_machines()
    {
        var rows = MadeStudy.Rows(Plan).ToArray();
        rows[0] = rows[0] with { Result = rows[0].Result! with { RelativeL2 = Math.BitIncrement(rows[0].Result!.RelativeL2) } };
        var (first, second) = (MadeStudy.View(Plan), MadeStudy.View(Plan, rows));
        var evidence = MadeStudy.Full(Plan.Trials[0], 1e-2).Evidence;

        var (ofFirst, ofSecond) = StudyComparison.ToLookUp(first, second, isFull: false);
        var comparison = StudyComparison.Of(
            first, second, new Dictionary<TrialKey, Evidence> { [ofFirst[0]] = evidence }, new Dictionary<TrialKey, Evidence> { [ofSecond[0]] = evidence with { Machine = "another machine" } }, isFull: false);

        Assert.Equal((1, 6), (comparison.Changed.Length, comparison.Unchanged));
        Assert.Equal([Plan.Trials[0].Key], ofFirst);
        Assert.Equal([Plan.Trials[0].Key], ofSecond);
        Assert.Contains("machines test machine and another machine", Assert.Single(comparison.Warnings), StringComparison.Ordinal);
        Assert.Equal([new("machine", "test machine", "another machine")], comparison.Changed[0].Why);
        Assert.Contains("--full", Assert.Single(comparison.NotCompared), StringComparison.Ordinal);
    }

    [Fact]
    public void What_failed_in_one_study_alone_comes_before_any_ratio()
    {
        var rows = MadeStudy.Rows(Plan, trial => 100 * MadeStudy.Error(trial)).ToArray();
        rows[^1] = new(rows[^1].Key, null, true, null, 3, null);
        var before = MadeStudy.Rows(Plan, trial => trial.Levels.Balancer.Kind == "static" ? MadeStudy.Error(trial) : 100 * MadeStudy.Error(trial));

        var comparison = Compare(MadeStudy.View(Plan, before), MadeStudy.View(Plan, rows));

        Assert.Contains(new("given up", "0", "1"), comparison.Changed.Single(cell => cell.Why.Any(why => why.What == "given up")).Why);
        Assert.Contains(new("results", "3 of 3", "2 of 3"), comparison.Changed.Single(cell => cell.Why.Any(why => why.What == "given up")).Why);
        Assert.Equal(comparison.Changed.Select(cell => cell.Size()).OrderDescending(), comparison.Changed.Select(cell => cell.Size()));
        Assert.Equal(double.PositiveInfinity, comparison.Changed[0].Size());
    }

    [Fact]
    public void Looking_up_is_bounded_unless_all_is_asked_for()
    {
        var second = MadeStudy.View(Plan, MadeStudy.Rows(Plan, trial => 3 * MadeStudy.Error(trial)));

        Assert.Equal(7, StudyComparison.ToLookUp(MadeStudy.View(Plan), second, isFull: false).First.Length);
        Assert.Equal(21, StudyComparison.ToLookUp(MadeStudy.View(Plan), second, isFull: true).Second.Length);
        Assert.Empty(StudyComparison.ToLookUp(second, second, isFull: true).First);
    }

    [Theory]
    [InlineData(new long[] { 3, 1, 2, 2, 9 }, "1 … 3, 9")]
    [InlineData(new long[] { 7 }, "7")]
    [InlineData(new long[0], "none")]
    public void Seeds_are_told_in_few_words(long[] seeds, string words) => Assert.Equal(words, StudyDifference.Seeds(seeds));

    private static StudyComparison Compare(StudyView first, StudyView second) =>
        StudyComparison.Of(first, second, ImmutableDictionary<TrialKey, Evidence>.Empty, ImmutableDictionary<TrialKey, Evidence>.Empty, isFull: true);

    private static string Default(string kind, string parameter) =>
        Plan.Trials.First(trial => trial.Description.Levels.Balancer.Kind == kind).Description.Levels.Balancer.Parameters.Entries[parameter].Canonical();
}
