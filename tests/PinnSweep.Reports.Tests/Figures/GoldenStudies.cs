using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>Ten studies as researchers have them, from two methods on one problem to twenty on three, with what goes wrong in some.</summary>
internal static class GoldenStudies
{
    private static readonly string[] Balancers =
    [
        "static", "relobralo", "gradnorm", "learning-rate-annealing", "self-adaptive (point)", "power-normalization", "self-adaptive (term)", "brdr", "soft-adapt", "dwa",
        "ntk", "causal", "uncertainty", "pcgrad", "config", "gradient-vaccine", "maximum-likelihood", "residual-based attention", "lbpinn", "mgda",
    ];

    private static readonly string[] Problems = ["helmholtz", "burgers", "klein-gordon", "convection", "kdv", "poisson"];

    public static IReadOnlyDictionary<string, Func<StudyReport>> All { get; } = new Dictionary<string, Func<StudyReport>>
    {
        ["two-methods"] = () => Waves(Study(2, 1, 10)),
        ["four-methods-one-diverges"] = () => Humps(Made.FourMethods()),
        ["six-methods-six-problems"] = () => Waves(Study(6, 6, 5)),
        ["seven-methods"] = () => Humps(Study(7, 1, 5)),
        ["twelve-methods-two-problems"] = () => Waves(Study(12, 2, 5)),
        ["twenty-methods-three-problems"] = () => Humps(Study(20, 3, 5)),
        ["some-trivial"] = () => Waves(Study(4, 2, 5).Outcome((levels, seed) => levels.Balancer.Kind == "gradnorm" || (levels.Problem.Kind == "burgers" && seed % 2 == 0) ? Outcome.Trivial : null)),
        ["many-diverged"] = () => Waves(Study(5, 2, 5, (levels, seed) => levels.Problem.Kind == "burgers" && (levels.Balancer.Kind is "static" or "gradnorm" || seed > 3) ? null : Error(levels, seed))),
        ["half-missing"] = () => Humps(Study(5, 3, 6)
            .Missing((levels, seed) => seed > 3 || levels.Balancer.Kind == "gradnorm")
            .NotApplicable(levels => levels is { Problem.Kind: "klein-gordon", Balancer.Kind: "relobralo" } ? "needs a boundary" : null)),
        ["tuned"] = () => StudyReport.Build(StagedStudy.Of(
            StagedStudy.Tuned,
            trial => Math.Pow(10, -2 + Math.Pow(Math.Log10(StagedStudy.Rate(trial)) + 2.5, 2) + (0.1 * new RandomStream(trial.Seed, trial.Levels.Balancer.Kind).NextGaussian())))),
    };

    private static StudyResultsBuilder Study(int methods, int problems, int seeds, Func<CellLevels, long, double?>? error = null) => new StudyResultsBuilder()
        .With(Factor.Problem, Problems[..problems])
        .With(Factor.Balancer, Balancers[..methods])
        .Seeds([.. Enumerable.Range(1, seeds).Select(i => (long)i)])
        .Control(Factor.Balancer, "static")
        .MillisecondsPerStep(levels => 1 + (0.2 * (Array.IndexOf(Balancers, levels.Balancer.Kind) % 5)))
        .Error(error ?? ((levels, seed) => Error(levels, seed)));

    // Methods lie between a third and thrice one another, not in the order of their names.
    private static double Error(CellLevels levels, long seed)
    {
        var (method, problem) = (Array.IndexOf(Balancers, levels.Balancer.Kind), Array.IndexOf(Problems, levels.Problem.Kind));
        var noise = new RandomStream(seed, levels.Problem.Kind + levels.Balancer.Kind).NextGaussian();
        return Math.Pow(10, -1.4 - (0.25 * problem) - (0.5 * Math.Sin((2.4 * method) + (0.3 * problem))) + (0.15 * noise));
    }

    private static StudyReport Waves(StudyResultsBuilder study) => StudyReport.Build(study.Build().WithFields(MadeFields.Wave));

    private static StudyReport Humps(StudyResultsBuilder study) => StudyReport.Build(study.Build().WithFields(MadeFields.Hump));
}
