using System.Collections.Immutable;
using PinnSweep.Api;
using PinnSweep.Commands;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Tests.Commands;

/// <summary>What <c>why TRIAL</c> says of where a number comes from.</summary>
public class TrialTextTests
{
    private static readonly Evidence Alone = new(
        "abc", ImmutableSortedDictionary<string, string>.Empty.Add("pinnsweep", "0.1.0"), "a machine", "fused/avx2", ["init"], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)
    {
        Lanes = 1,
        Beside = 0,
    };

    [Fact]
    public void A_trial_on_a_card_tells_the_card_and_who_shared_it()
    {
        var text = Text(Alone with { Engine = "cuda/NVIDIA H200", Device = new("NVIDIA H200", 0, "GPU-x", "570.86.15 (CUDA 12.8)", 1), Lanes = 32, Beside = 31 });

        Assert.Contains("evidence commit abc, engine cuda/NVIDIA H200, on a machine", text, StringComparison.Ordinal);
        Assert.Contains("device NVIDIA H200 (GPU-x), driver 570.86.15 (CUDA 12.8), kernels 1", text, StringComparison.Ordinal);
        Assert.Contains("beside up to 31 others in a trainer of 32 lanes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_alone_on_a_processor_says_nothing_of_either()
    {
        var text = Text(Alone);

        Assert.DoesNotContain("device", text, StringComparison.Ordinal);
        Assert.DoesNotContain("beside", text, StringComparison.Ordinal);
        Assert.Contains("pinnsweep 0.1.0", text, StringComparison.Ordinal);
    }

    private static string Text(Evidence evidence) => string.Join('\n', TrialText.Of(
        new(new string('a', 64), "accepted", null, [], [])
        {
            Result = new("stalled", 1, "w", null, 10, 1, 10, 100, [], null, null, EvidenceModel.Of(evidence)),
        }));
}
