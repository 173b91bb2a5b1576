using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Cluster.Tests.Trainers;

/// <summary>A trainer's process at its end, which comes when it likes.</summary>
public sealed class TrainerProcessTests
{
    [Fact]
    public async Task What_is_sent_to_one_that_has_ended_is_not_taken_and_breaks_nothing()
    {
        var ended = new TaskCompletionSource();
        var trainer = TrainerProcess.Start(new(FakeTrainer.Path, new Dictionary<string, string>()), signal =>
        {
            if (signal is TrainerSignal.Ended)
            {
                ended.SetResult();
            }
        });
        trainer.Kill();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.False(trainer.Send(new TrainerProtocol.Stop()));
        trainer.Kill();
    }
}
