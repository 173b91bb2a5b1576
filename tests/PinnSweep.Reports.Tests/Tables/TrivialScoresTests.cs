using System.Collections.Immutable;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Tables;

public sealed class TrivialScoresTests
{
    private static readonly ImmutableSortedDictionary<string, double> Scores =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("zero", 1).Add("initial", 0.0959).Add("u=1", 0.3);

    [Fact]
    public void A_table_says_what_solves_nothing_and_still_scores()
    {
        var notes = Notes(Made.FourMethods(), result => result with { TrivialScores = Scores });

        Assert.Contains("Fields that solve nothing score on helmholtz: initial 9.6e-2, u=1 3.0e-1, zero 1.0e0.", notes);
    }

    [Fact]
    public void It_says_where_trials_settled()
    {
        var made = Made.FourMethods().Build();
        var settled = made.Results.Keys.Take(2).ToHashSet();

        var notes = Notes(Made.FourMethods(), result => result with { TrivialScores = Scores, SettledOn = settled.Contains(result.Key) ? "u=1" : null });

        Assert.Contains(notes, note => note.EndsWith("Trials that settled on one, trivial whatever it scores: 2 on u=1.", StringComparison.Ordinal));
    }

    [Fact]
    public void Results_without_scores_and_tables_of_other_measures_say_nothing_of_them()
    {
        Assert.DoesNotContain(Notes(Made.FourMethods(), result => result), note => note.StartsWith("Fields that solve nothing", StringComparison.Ordinal));
        Assert.DoesNotContain(Notes(Made.FourMethods().Metric("max_error"), result => result with { TrivialScores = Scores }), note => note.StartsWith("Fields that solve nothing", StringComparison.Ordinal));
    }

    private static ImmutableArray<string> Notes(StudyResultsBuilder builder, Func<TrialResult, TrialResult> change)
    {
        var made = builder.Build();
        var report = StudyReport.Build(made with { Results = made.Results.ToImmutableDictionary(pair => pair.Key, pair => change(pair.Value)) });
        return AccuracyTable.Of(report, Assert.Single(report.Blocks)).Notes;
    }
}
