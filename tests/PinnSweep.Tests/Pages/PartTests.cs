using System.Collections.Immutable;
using AngleSharp.Html.Parser;
using PinnSweep.Pages;
using PinnSweep.Pages.Components;
using PinnSweep.Tests.Views;
using PinnSweep.Views;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Tests.Pages;

/// <summary>Parts of pages as functions of what they are given.</summary>
public sealed class PartTests
{
    private const string Hostile = "</td><script>alert(1)</script><img src=x onerror='alert(2)'>\" onmouseover=\"alert(3)";
    private static readonly DateTimeOffset Now = MadeStudy.At + TimeSpan.FromMinutes(30);

    [Fact]
    public async Task Nothing_that_others_wrote_is_more_than_text()
    {
        var study = MadeStudy.View(MadeStudy.Plan(MadeStudy.Grid));
        var cells = study.Cells.Select(cell => cell with { Row = $"{Hostile}{cell.Row}", Column = Hostile, Block = Hostile, NotApplicable = cell.NotApplicable is null ? null : Hostile });
        var trial = study.Trials[0] with { Outcome = null, Phase = "quarantined", Worker = Hostile };
        var failed = new FailedTrial(trial, new(Hostile, Hostile, Hostile));
        var status = Status(study, running: [new(new(trial.Planned.Key, 1), Hostile, Progress)]) with { Stage = new(1, Hostile, false), Name = Hostile };
        var facts = new StudyFacts(study with { Cells = [.. cells], Status = status, Trials = [trial with { Phase = "running" }] }, new("hash", Hostile, "", MadeStudy.At), null, [failed]);
        var story = new TrialStory(trial.Planned.Key, Hostile, [], null, MadeStudy.Full(trial.Planned, 0.1) with { Notices = [Hostile], Terms = [Hostile, Hostile], SettledOn = Hostile }, [new(1, Hostile, null, null, Hostile, Hostile, new(Hostile, Hostile, Hostile))]);
        var told = new TrialFacts(story, "accepted", [Hostile], CurveView.Of(story.Result!, 100), [new("0123456789abcdef", Hostile, "", Now)], Hostile);
        var workers = new WorkerList(1, 1, [new(Hostile, Hostile, new(1, 0), 1, Hostile, false, 1, Hostile)]);
        var cluster = new ClusterFacts(workers, [status], Hostile);

        var html = "";
        foreach (var part in facts.Parts().Concat(told.Parts()).Concat(cluster.Parts()))
        {
            html += await Rendering.HtmlAsync(part.Content);
        }

        html += await Rendering.HtmlAsync(TrialPage.Of(told)) + await Rendering.HtmlAsync(MessagePage.Of(Hostile, [Hostile])) + await Rendering.HtmlAsync(LoginPage.Of("/", Hostile));
        var page = new HtmlParser().ParseDocument($"<main>{html}</main>");
        Assert.Empty(page.QuerySelectorAll("script, img[onerror], [onmouseover], [onerror]"));
        Assert.True(page.Body!.TextContent.Split("<script>alert(1)</script>").Length > 30);
        Assert.All(page.QuerySelectorAll("[href], [action]"), element => Assert.StartsWith("/", element.GetAttribute("href") ?? element.GetAttribute("action"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1e-4, 1e-2, "c0 c23")]
    [InlineData(double.NaN, double.NaN, "")]
    public void Colours_span_the_cells_and_at_least_a_decade(double first, double second, string classes)
    {
        var plan = MadeStudy.Plan(MadeStudy.Grid);
        var cells = MadeStudy.View(plan, MadeStudy.Rows(plan, trial => trial.Levels.Problem.Kind == "wave" ? second : first)).Cells;

        var colours = MatrixColours.Of(cells);

        // The middle of a scale of one decade is the edge between two colours.
        Assert.Matches("^c1[12]$", MatrixColours.Of(cells.Take(1)).ClassOf(cells[0]) is { Length: > 0 } one ? one : "c12");
        Assert.Equal(classes.Split(' '), cells.Where(cell => cell.NotApplicable is null).Select(colours.ClassOf).Distinct());
        Assert.True(!colours.IsKnown || colours.Largest / colours.Smallest > 9.999);
    }

    [Fact]
    public void The_pace_is_that_of_the_last_trials_and_counts_started_ones()
    {
        var plan = MadeStudy.Plan(MadeStudy.Grid);
        // Accepted at minutes 0 to 9; of the other eleven one is half done.
        var rows = MadeStudy.Rows(plan, isDone: trial => plan.Trials.IndexOf(trial) < 10);
        var running = new RunningAttempt(new(plan.Trials[10].Key, 1), "w", Progress);
        var view = MadeStudy.View(plan, rows, null, running);
        view = view with { Status = Status(view, [running]) with { Accepted = 10, Waiting = 10 } };

        var pace = StudyPace.Of(view, MadeStudy.At - TimeSpan.FromDays(1), MadeStudy.At + TimeSpan.FromMinutes(9))!;

        Assert.Equal(60, pace.TrialsAnHour, 6);
        Assert.Equal(10.5, pace.Left.TotalMinutes, 6);
        Assert.Null(StudyPace.Of(view, MadeStudy.At + TimeSpan.FromMinutes(8), MadeStudy.At + TimeSpan.FromMinutes(9)));
        Assert.Null(StudyPace.Of(view with { Status = view.Status! with { RunningCount = 0 } }, MadeStudy.At - TimeSpan.FromDays(1), Now));
    }

    [Theory]
    [InlineData("", "", "No worker is registered")]
    [InlineData("paused", "wants", "w takes nothing: the disk is full")]
    [InlineData("draining", "wants", "w takes nothing new: it drains")]
    [InlineData("free", "paused", "Nothing waits for a worker: s is paused")]
    [InlineData("free", "", "Nothing waits for a worker.")]
    [InlineData("free", "gpu", "s has 5 trials waiting for a gpu slot, and no worker that takes work has one")]
    [InlineData("free", "most", "s runs as many trials as it may at a time (2); 5 wait")]
    [InlineData("full", "wants", "Every slot is taken; 5 trials wait for one")]
    [InlineData("free", "wants", null)]
    public void What_waits_is_told_why(string worker, string study, string? sentence)
    {
        var status = new StudyStatus("hash", "s", 10, 3, 0, 0, 5, 0, []) { RunningCount = 2 };
        var placed = study switch
        {
            "paused" => status with { IsPaused = true },
            "gpu" => status with { Placement = new(0, null, "gpu") },
            "most" => status with { Placement = new(0, 2) },
            _ => status,
        };
        WorkerSummary[] workers = worker.Length == 0 ? [] : [new("w", "address", new(4, 0), worker == "full" ? 4 : 2, "1", worker == "draining", 1, worker == "paused" ? "the disk is full" : null)];

        var sentences = IdleReasons.Of(workers, study.Length == 0 ? [] : [placed]).ToList();

        if (sentence is null)
        {
            Assert.Empty(sentences);
        }
        else
        {
            Assert.Contains(sentences, told => told.StartsWith(sentence, StringComparison.Ordinal));
        }
    }

    private static PinnSweep.Studies.Trials.AttemptProgress Progress { get; } = new(500, 500, 1000, 1, 0.1, 100);

    private static StudyStatus Status(StudyView study, ImmutableArray<RunningAttempt> running) =>
        new(study.Plan.Hash, study.Plan.Spec.Name, study.Trials.Length, 0, 0, 0, study.Trials.Length - running.Length, 0, running);
}
