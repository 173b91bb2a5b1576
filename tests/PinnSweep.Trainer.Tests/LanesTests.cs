using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Trainer.Tests;

/// <summary>A trainer that trains several trials at once: each has the events, files and digits of a trial alone.</summary>
public sealed class LanesTests : IDisposable
{
    private const int Lanes = 4;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trials_in_lanes_have_the_digits_of_trials_alone()
    {
        TrialDescription[] trials = [.. Enumerable.Range(1, 2 * Lanes).Select(seed => TrainerProcessTests.Trial(seed, 40 + (10 * seed)))];
        using var alone = new TrainerUnderTest();
        var expected = trials.Select((trial, number) =>
        {
            alone.Send(Train(trial, number, lane: 0, "alone"));
            return Digits(alone.Until<TrainerProtocol.Finished>());
        }).ToArray();

        using var together = new TrainerUnderTest(Lanes);
        var digits = new string[trials.Length];
        var next = 0;
        for (; next < Lanes; next++)
        {
            together.Send(Train(trials[next], next, lane: next, "together"));
        }

        // Who ends makes room for the next, as a worker would have it.
        for (var ended = 0; ended < trials.Length; ended++)
        {
            var finished = together.Until<TrainerProtocol.Finished>();
            digits[finished.Attempt] = Digits(finished);
            if (next < trials.Length)
            {
                together.Send(Train(trials[next], next, finished.Lane, "together"));
                next++;
            }
        }

        Assert.Equal(expected, digits);
    }

    [Fact]
    public void A_result_tells_for_how_many_its_trainer_had_room_and_how_many_it_trained_beside()
    {
        using var alone = new TrainerUnderTest();
        using var together = new TrainerUnderTest(Lanes);
        alone.Send(Train(TrainerProcessTests.Trial(1, 30), 1, lane: 0, "alone"));
        var own = Result(alone.Until<TrainerProtocol.Finished>()).Evidence;

        together.Send(Train(TrainerProcessTests.Trial(1, TrainerProcessTests.Endless), 1, lane: 0, "long") with { ProgressSeconds = 0.01 });
        together.Until<TrainerProtocol.Progress>();
        together.Send(Train(TrainerProcessTests.Trial(2, 30), 2, lane: 1, "short"));
        var shared = Result(together.Until<TrainerProtocol.Finished>()).Evidence;

        Assert.Equal((1, 0, null), (own.Lanes, own.Beside, own.Device));
        Assert.Equal((Lanes, 1, null), (shared.Lanes, shared.Beside, shared.Device));
    }

    [Fact]
    public void A_stop_ends_one_lane_and_the_others_go_on()
    {
        using var trainer = new TrainerUnderTest(2);
        trainer.Send(Train(TrainerProcessTests.Trial(1, TrainerProcessTests.Endless), 1, lane: 0, "stopped") with { ProgressSeconds = 0.01 });
        trainer.Send(Train(TrainerProcessTests.Trial(2, 3000), 2, lane: 1, "finished") with { ProgressSeconds = 0.01 });
        trainer.Until<TrainerProtocol.Progress>();

        trainer.Send(new TrainerProtocol.Stop { Lane = 0 });
        TrainerProtocol.Event[] ends = [trainer.UntilEnd(), trainer.UntilEnd()];

        Assert.Equal((1, 0), ends.OfType<TrainerProtocol.Stopped>().Select(stopped => (stopped.Attempt, stopped.Lane)).Single());
        Assert.Equal((2, 1, 3000), ends.OfType<TrainerProtocol.Finished>().Select(finished => (finished.Attempt, finished.Lane, finished.Steps)).Single());
    }

    [Fact]
    public void What_fails_in_one_lane_fails_nothing_else()
    {
        using var trainer = new TrainerUnderTest(2);
        trainer.Send(Train(TrainerProcessTests.Trial(1, 2000), 1, lane: 0, "good"));
        trainer.Send(Train(TrainerProcessTests.Trial(2, 30), 2, lane: 1, "bad") with { Folder = Path.Combine(_folder.Write("file", ""), "attempt") });

        TrainerProtocol.Event[] ends = [trainer.UntilEnd(), trainer.UntilEnd()];

        Assert.Equal((2, 1, TrainerProtocol.Failed.Disk), ends.OfType<TrainerProtocol.Failed>().Select(failed => (failed.Attempt, failed.Lane, failed.Kind)).Single());
        Assert.Equal(1, ends.OfType<TrainerProtocol.Finished>().Single().Attempt);
    }

    [Fact]
    public void A_lane_that_is_not_there_is_noted()
    {
        using var trainer = new TrainerUnderTest(2);

        trainer.Send(Train(TrainerProcessTests.Trial(1, 10), 1, lane: 2, "nowhere"));

        Assert.Contains("lanes 0 to 1", Assert.IsType<TrainerProtocol.Note>(trainer.Next()).Message, StringComparison.Ordinal);
    }

    private TrainerProtocol.Train Train(TrialDescription trial, int attempt, int lane, string folder) =>
        new(trial.Canonical(), attempt, Path.Combine(_folder.Path, folder, $"{attempt}"), null, 600, 600, "auto") { Lane = lane };

    private static TrialResult Result(TrainerProtocol.Finished finished) =>
        PackedResult.Open(File.ReadAllBytes(finished.Path));

    private static string Digits(TrainerProtocol.Finished finished)
    {
        var result = Result(finished);
        return string.Join('\n', result.Curve.Select(point => string.Join(' ', [point.Step, point.RelativeL2, point.MaxError, .. point.Losses, .. point.Weights])));
    }
}
