using PinnSweep.Reports.Model;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tests;

/// <summary>Studies with a design, with errors from a formula.</summary>
internal static class DesignedStudy
{
    /// <summary>
    /// Three balancers on one problem over a grid of four rates from 1e-4 to 1e-2; relobralo has a range of its own besides, and so
    /// other points.
    /// </summary>
    public const string Grid = """
        study: designed
        seeds: 2
        factors:
          problem: [helmholtz]
          balancer:
            - static
            - gradnorm
            - {kind: relobralo, temperature: {log: [0.01, 1]}}
          optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}}
        budget: {steps: 2000}
        design: {kind: grid, count: 4}
        control: static
        """;

    /// <summary>Two balancers with a problem that has no range beside one that has.</summary>
    public const string Mixed = """
        study: mixed
        seeds: 2
        factors:
          problem: [{kind: helmholtz, k: {log: [1, 10]}}, wave]
          balancer: [static, gradnorm]
        budget: {steps: 2000}
        design: {kind: sobol, count: 40, seed: 3}
        """;

    /// <summary>
    /// static has 10^−2.05 and 10^−1.95 on its two seeds at the rate 10^−3.1 and more by a factor 10 a decade away from it; gradnorm half of
    /// that, and it diverges on seed 2 at the largest rate.
    /// </summary>
    public static double? Worked(TrialDescription trial)
    {
        var away = Math.Abs(Math.Log10(StagedStudy.Rate(trial)) + 3.1);
        var isGradNorm = trial.Levels.Balancer.Kind == "gradnorm";
        return isGradNorm && trial.Seed == 2 && StagedStudy.Rate(trial) > 0.009 ? null
            : Math.Pow(10, -2.15 + away + (0.1 * trial.Seed)) * (isGradNorm ? 0.5 : 1);
    }

    /// <summary>The report of a study with results of these trials; all where null.</summary>
    public static StudyReport Report(string text, Func<TrialDescription, double?> error, Func<TrialDescription, bool>? isTrained = null) =>
        StudyReport.Build(StagedStudy.Of(text, error, isTrained: isTrained));
}
