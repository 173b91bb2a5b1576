using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Conclusions;

/// <summary>Studies of which one knows what came out, because one made it so.</summary>
internal static class ConstructedStudies
{
    /// <summary>Spread of seeds that is small beside any difference made here: factors from 0.96 to 1.04.</summary>
    private static double Near(long seed) => 1 + (0.02 * ((seed * 3 % 5) - 2));

    /// <summary>Spread that no few seeds see through.</summary>
    private static double Far(long seed) => Math.Pow(10, 0.5 * ((seed * 7 % 5) - 2));

    public static readonly Dictionary<string, Func<StudyReport>> All = new()
    {
        ["a clear winner over the control"] = () => Two((method, seed) => (method == "b" ? 1e-3 : 1e-2) * Near(seed + (method == "b" ? 1 : 0)), "a"),
        ["a clear winner without a control"] = () => Two((method, seed) => (method == "b" ? 1e-3 : 1e-2) * Near(seed + (method == "b" ? 1 : 0)), null),
        ["the control wins"] = () => Two((method, seed) => (method == "b" ? 4e-2 : 1e-2) * Near(seed + (method == "b" ? 1 : 0)), "a"),
        ["a tie within the region of equivalence"] = () => Two((method, seed) => (method == "b" ? 1.01e-2 : 1e-2) * Near(seed), null),
        ["a tie of copies"] = () => Two((_, seed) => 1e-2 * Near(seed), "a"),
        ["undecided against the control"] = () => Two((method, seed) => method == "b" ? 1e-2 * Far(seed) : 1.3e-2 * Far(seed + 1), "a"),
        ["undecided without a control"] = () => Two((method, seed) => method == "b" ? 1e-2 * Far(seed) : 1.3e-2 * Far(seed + 1), null),
        ["one seed"] = () => Two((method, _) => method == "b" ? 1e-3 : 1e-2, "a", 1),
        ["one method"] = () => Report(Builder(["a"], 5).Error((_, seed) => 1e-2 * Near(seed))),
        ["one method and one seed that stalls"] = () => Report(Builder(["a"], 1).Error((_, _) => 0.4)),
        ["a trivial method with the smallest error"] = () => Report(Builder(["a", "b"], 5).Control(Factor.Balancer, "a").Error((levels, seed) => (levels.Balancer.Kind == "b" ? 0.02 : 0.04) * Near(seed))
            .Outcome((levels, _) => levels.Balancer.Kind == "b" ? Outcome.Trivial : null)),
        ["all trivial"] = () => Two((_, _) => 0.99, "a"),
        ["all diverged"] = () => Two((_, _) => null, "a"),
        ["trivial and diverged"] = () => Two((method, _) => method == "a" ? 0.99 : null, null),
        ["each diverges once"] = () => Two((method, seed) => seed == (method == "a" ? 1 : 2) ? null : 1e-2 * Near(seed), "a"),
        ["the smallest mean diverges once"] = () => Report(Builder(["a", "b", "c"], 5).Control(Factor.Balancer, "a")
            .Error((levels, seed) => levels.Balancer.Kind == "c" ? seed == 2 ? null : 1e-5 : (levels.Balancer.Kind == "b" ? 1e-3 : 1e-2) * Near(seed + (levels.Balancer.Kind == "b" ? 1 : 0)))),
        ["a winner that converges in no trial"] = () => Two((method, seed) => (method == "b" ? 0.3 : 0.8) * Near(seed + (method == "b" ? 1 : 0)), "a"),
        ["given up after faults"] = () => Report(Builder(["a", "b", "c"], 5).Control(Factor.Balancer, "a").Error(Decades).Quarantined((levels, seed) => levels.Balancer.Kind == "c" && seed == 1)),
        ["unfinished, two seeds of five"] = () => Report(Builder(["a", "b"], 5).Control(Factor.Balancer, "a").Error(Decades).Missing((_, seed) => seed > 2)),
        ["unfinished, one method not begun"] = () => Report(Builder(["a", "b", "c"], 5).Error(Decades).Missing((levels, _) => levels.Balancer.Kind == "c")),
        ["nothing finished"] = () => Report(Builder(["a", "b"], 5).Missing((_, _) => true)),
        ["three ranked, one equal, one worse"] = () => Report(Builder(["a", "b", "c"], 8).Error((levels, seed) => (levels.Balancer.Kind == "c" ? 1e-1 : levels.Balancer.Kind == "b" ? 1.02e-3 : 1e-3) * Near(seed + levels.Balancer.Kind[0]))),
        ["two problems, a winner each"] = () => Report(Builder(["a", "b"], 5).With(Factor.Problem, "p", "q").Control(Factor.Balancer, "a")
            .Error((levels, seed) => (levels.Balancer.Kind == "b" == (levels.Problem.Kind == "p") ? 1e-3 : 1e-2) * Near(seed + levels.Balancer.Kind[0]))),
        ["six problems, one method best on all"] = () => Report(Builder(["a", "b", "c"], 5).With(Factor.Problem, "p1", "p2", "p3", "p4", "p5", "p6").Control(Factor.Balancer, "a").Error(Decades)),
        ["ten problems, one method best on all"] = () => Report(Builder(["a", "b", "c"], 5).With(Factor.Problem, "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10").Control(Factor.Balancer, "a").Error(Decades)),
        ["four problems, all different"] = () => Report(Builder(["a", "b"], 5).With(Factor.Problem, "won", "tied", "open", "lost").Error((levels, seed) => (levels.Problem.Kind, levels.Balancer.Kind) switch
        {
            ("won", "b") => 1e-3 * Near(seed + 1),
            ("open", "b") => 1e-2 * Far(seed),
            ("open", _) => 1.3e-2 * Far(seed + 1),
            ("lost", _) => 0.99,
            _ => 1e-2 * Near(seed),
        })),
        ["networks as columns"] = () => Report(Builder(["a", "b", "c"], 5).With(Factor.Network, "wide", "deep")
            .Error((levels, seed) => (levels.Network.Kind == "wide" ? 1 : 2) * Decades(levels, seed))),
        ["two blocks"] = () => Report(Builder(["a", "b", "c"], 5).With(Factor.Problem, "p", "q").With(Factor.Sampler, "grid", "sobol").Error(Decades)),
        ["looks before the first"] = () => StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, Looked, decisions: 1)),
        ["looks after the first"] = () => StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, Looked, decisions: 2)),
        ["looks to the end"] = () => StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, Looked)),
        ["tuning that goes on"] = () => StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, Rated, decisions: 1)),
        ["tuned"] = () => StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, Rated)),
        ["a design"] = () => DesignedStudy.Report(DesignedStudy.Grid, DesignedStudy.Worked),
        ["a design of many points"] = () => DesignedStudy.Report(DesignedStudy.Mixed, trial => Math.Pow(10, -2 + Math.Abs(Math.Log10(StagedStudy.Rate(trial)) + 3)) * (trial.Levels.Balancer.Kind == "gradnorm" ? 0.5 : 1) * Near(trial.Seed)),
    };

    /// <summary>Errors a decade apart by the method's letter, c the smallest.</summary>
    private static double? Decades(CellLevels levels, long seed) => Math.Pow(10, -1.5 - (levels.Balancer.Kind[0] - 'a')) * Near(seed + levels.Balancer.Kind[0]);

    private static double? Looked(TrialDescription trial) => trial.Levels.Balancer.Kind switch
    {
        "relobralo" => 1e-3,
        "gradnorm" => 1e-2,
        _ => 1e-2,
    } * (trial.Levels.Balancer.Kind == "power-normalization" ? Far(trial.Seed) : Near(trial.Seed + trial.Levels.Balancer.Kind.Length));

    // The rate that suits is 1e-2 and the default 1e-3; static gains by it, relobralo does not.
    private static double? Rated(TrialDescription trial)
    {
        var away = Math.Abs(Math.Log10(StagedStudy.Rate(trial)) + 2);
        return trial.Levels.Balancer.Kind == "static" ? Math.Pow(10, -3 + away) * Near(trial.Seed) : Math.Pow(10, -2.5 + (0.1 * away)) * Near(trial.Seed + 1);
    }

    private static StudyReport Two(Func<string, long, double?> error, string? control, int seeds = 5)
    {
        var builder = Builder(["a", "b"], seeds).Error((levels, seed) => error(levels.Balancer.Kind, seed));
        return Report(control is null ? builder : builder.Control(Factor.Balancer, control));
    }

    private static StudyResultsBuilder Builder(string[] methods, int seeds) => new StudyResultsBuilder()
        .With(Factor.Problem, "wave").With(Factor.Balancer, methods).Seeds([.. Enumerable.Range(1, seeds).Select(i => (long)i)]).Points(2);

    private static StudyReport Report(StudyResultsBuilder builder) => StudyReport.Build(builder.Build());
}
