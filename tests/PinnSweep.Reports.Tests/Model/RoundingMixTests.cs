using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>A comparison of trials that were rounded differently says so, with the cells; one of trials on like devices does not.</summary>
public sealed class RoundingMixTests
{
    private static readonly TrialDevice H200 = new("NVIDIA H200", 0, "GPU-a", "570.86.15 (CUDA 12.8)", 1);

    [Fact]
    public void Cells_on_other_engines_than_their_rivals_are_named()
    {
        var report = StudyReport.Build(Trained((balancer, seed) => balancer == "gradnorm" || (balancer == "relobralo" && seed == 2) ? ("cuda/NVIDIA H200", H200) : ("fused/avx512", null)));

        var warning = Assert.Single(report.Header.Notices);
        Assert.StartsWith("helmholtz: trials that are compared were rounded differently: cuda on NVIDIA H200 (kernels 1) in ", warning, StringComparison.Ordinal);
        Assert.Contains("in relobralo, gradnorm; fused/avx512 in static, relobralo, self-adaptive.", warning, StringComparison.Ordinal);
        Assert.Contains(("notice", warning), DocumentComposer.Facts(report));
        Assert.Contains(("device", "NVIDIA H200 (GPU-a), driver 570.86.15 (CUDA 12.8), kernels 1"), DocumentComposer.Facts(report));
    }

    [Theory]
    [InlineData("NVIDIA H200", 1, false)]
    [InlineData("NVIDIA L4", 1, true)]
    [InlineData("NVIDIA H200", 2, true)]
    public void Cards_of_one_kind_with_one_version_of_the_kernels_round_alike(string name, int kernels, bool warns)
    {
        var report = StudyReport.Build(Trained((_, seed) => ("cuda/x", seed == 1 ? H200 : H200 with { Name = name, Kernels = kernels, Uuid = "GPU-b" })));

        Assert.Equal(warns, report.Header.Notices.Length == 1);
        Assert.Equal(2, report.Header.Devices!.Value.Length);
    }

    /// <summary>The Torch engine rounds otherwise where it batches lanes; which card of a kind it was has no part in that.</summary>
    [Theory]
    [InlineData("torch/cuda", "torch/cuda:1", false)]
    [InlineData("torch/cuda, in lanes", "torch/cuda:1, in lanes", false)]
    [InlineData("torch/cuda", "torch/cuda, in lanes", true)]
    public void Lanes_of_the_torch_engine_round_otherwise_than_a_trial_alone(string one, string other, bool warns)
    {
        var report = StudyReport.Build(Trained((_, seed) => (seed == 1 ? one : other, H200 with { Kernels = null })));

        Assert.Equal(warns ? 1 : 0, report.Header.Notices.Length);
        Assert.Equal(warns, report.Header.Notices.Any(notice => notice.Contains("torch, in lanes on NVIDIA H200 in", StringComparison.Ordinal)));
    }

    [Fact]
    public void Processors_alone_name_no_device_and_warn_of_nothing()
    {
        var report = StudyReport.Build(Trained((_, _) => ("fused/avx512", null)));

        Assert.Empty(report.Header.Notices);
        Assert.Null(report.Header.Devices);
        Assert.DoesNotContain("\"devices\"", Written.Json(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_trials_that_shared_a_trainer_are_told_to_be_those_of_all()
    {
        var shared = StudyReport.Build(Trained((_, _) => ("fused/avx512", null), beside: 7));
        var alone = StudyReport.Build(Trained((_, _) => ("fused/avx512", null), beside: 0));

        Assert.Contains(Cost(shared), note => note.Contains("shared a trainer with others", StringComparison.Ordinal));
        Assert.DoesNotContain(Cost(alone), note => note.Contains("shared a trainer with others", StringComparison.Ordinal));
    }

    private static string[] Cost(StudyReport report) => [.. CostTable.Of(report, report.Blocks[0]).Notes];

    private static StudyResults Trained(Func<string, long, (string Engine, TrialDevice? Device)> on, int? beside = null)
    {
        var made = Made.FourMethods().Build();
        var trials = made.Plan.Trials.ToDictionary(trial => trial.Key, trial => trial.Description);
        return made with
        {
            Results = made.Results.SetItems(made.Results.Select(pair =>
            {
                var (engine, device) = on(trials[pair.Key].Levels.Balancer.Kind, trials[pair.Key].Seed);
                return KeyValuePair.Create(pair.Key, pair.Value with { Evidence = pair.Value.Evidence with { Engine = engine, Device = device, Lanes = 8, Beside = beside } });
            })),
        };
    }
}
