using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>Real trials that do and do not have a symptom: Helmholtz, 5,000 steps, every other level by default.</summary>
public sealed class DiagnosisTests
{
    [Fact]
    public void Plain_weights_violate_the_boundary_of_helmholtz() => Assert.Contains(
        TrialDiagnosis.Of(Train(MethodLevels.Of(StaticWeights.Entry.Method))),
        symptom => symptom is { Rule: "violated constraint", Term: "boundary" });

    [Fact]
    public void Learning_rate_annealing_does_not() => Assert.DoesNotContain(
        TrialDiagnosis.Of(Train(MethodLevels.Of(LearningRateAnnealing.Entry.Method, ("variant", "official-code")))),
        symptom => symptom.Rule == "violated constraint");

    private static TrialResult Train(Level balancer)
    {
        var levels = Trials.Small().Levels with
        {
            Problem = MethodLevels.Of(Helmholtz.Entry.Method),
            Network = MethodLevels.Of(Mlp.Entry.Method),
            Sampler = MethodLevels.Of(UniformSampler.Entry.Method),
            Balancer = balancer,
            Precision = Precision.Float32,
        };
        return PinnTrials.Run(new(levels, 1, Budget.OfSteps(5000), 100, StudyDefaults.ConvergedBelow), "auto", TimeProvider.System);
    }
}
