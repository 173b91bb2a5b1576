using System.Globalization;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>A study of eight balancers and eight seeds in packs of sixteen: every number is that of the same trial alone.</summary>
public sealed class PackTests
{
    private const int Lanes = 16;
    private const int Trials = 64;

    [Fact]
    public async Task A_study_in_packs_has_every_number_of_the_study_alone_also_when_its_trainer_is_killed_twice()
    {
        // What watches the run may be late on a busy machine; then the trials were too short.
        foreach (var steps in new[] { 200, 1000, 5000 })
        {
            using var packed = Folder(steps);
            using var killed = Folder(steps);
            if (!await KilledTwiceAsync(new(killed), killed["pinnsweep.db"]))
            {
                continue;
            }

            using var alone = Folder(steps);
            using var reference = await new StudyRun(alone).CompleteAsync();
            using var undisturbed = await StudyRun.CompleteAsync(new StudyRun(packed).StartPacked(Lanes));

            var expected = StoredDigits.Of(alone["pinnsweep.db"]);
            Assert.Equal(Trials, expected.Split('\n').Length);
            Assert.Equal(expected, StoredDigits.Of(packed["pinnsweep.db"]));
            Assert.Equal(expected, StoredDigits.Of(killed["pinnsweep.db"]));
            return;
        }

        Assert.Fail("the study was over before the trainer was killed twice, also with long trials");
    }

    /// <summary>Kills the trainer in the middle of two packs and waits for the end; false when the study was over before.</summary>
    private static async Task<bool> KilledTwiceAsync(StudyRun study, string store)
    {
        using var run = study.StartPacked(Lanes);
        for (var strike = 1; strike <= 2; strike++)
        {
            // One that trains: what it was told of is trained again then, by a process that goes on from its checkpoints.
            var attempt = strike;
            await Waiting.UntilAsync(() => run.HasEnded || (study.Logged("TrialStarted") > 0 && StoredDigits.LastCheckpointedAttempt(store) >= attempt), StudyRun.Limit, () => run.Error);
            if (run.HasEnded || StudyRun.Trainers(run) is not [var trainer])
            {
                break;
            }

            ProcessRun.Kill(trainer);
            await Waiting.UntilAsync(() => run.HasEnded || study.Logged("PackNarrowed") >= attempt, StudyRun.Limit, () => run.Error);
        }

        await StudyRun.CompleteAsync(run);
        // Of trials that were in it together none is to blame.
        Assert.Equal(0, study.Logged("TrialFaulted"));
        return study.Logged("PackNarrowed") >= 2 && study.WentOn() > 0;
    }

    private static TemporaryFolder Folder(int steps)
    {
        var folder = new TemporaryFolder();
        folder.Write("small.yaml", string.Create(CultureInfo.InvariantCulture, $$"""
            study: small
            seeds: 8
            precision: float32
            factors:
              problem: [poisson-1d-multiscale]
              network: [{kind: mlp, hidden: [10, 10]}]
              balancer: [static, relobralo, learning-rate-annealing, ntk, self-adaptive, rba, config, gradnorm]
              sampler: [{kind: uniform, interior: 64, boundary: 32}]
              optimizer: [adam]
            budget: {steps: {{steps}}}
            control: static
            """));
        return folder;
    }
}
