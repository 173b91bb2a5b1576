using System.Collections.Concurrent;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Values;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Trainers;

/// <summary>Several slots with one process, which is the fake trainer's.</summary>
public sealed class SharedTrainerTests : IDisposable
{
    private const int Lanes = 3;
    private readonly TemporaryFolder _folder = new();
    private readonly TrainerPool _pool = new([.. Enumerable.Repeat(0, Lanes)]);
    private readonly TrainerLaunch _launch = new(FakeTrainer.Path, new Dictionary<string, string>());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_slots_have_one_process_and_each_hears_of_its_own_trial()
    {
        Slot[] slots = [Attach(0), Attach(1), Attach(2)];
        Assert.Single(slots.Select(slot => slot.Trainer.Id).Distinct());

        foreach (var slot in slots)
        {
            await slot.HearAsync<TrainerProtocol.Ready>();
            slot.Train(TestStudies.Calm(), attempt: 10 + slot.Number);
        }

        foreach (var slot in slots)
        {
            Assert.Equal(10 + slot.Number, (await slot.HearAsync<TrainerProtocol.Finished>()).Attempt);
        }

        Array.ForEach(slots, slot => slot.Trainer.Discard());
    }

    [Fact]
    public async Task The_end_of_the_process_is_told_to_all_with_how_many_it_trained()
    {
        Slot[] slots = [Attach(0), Attach(1), Attach(2)];
        slots[0].Train(TestStudies.Calm(pause: 1000), attempt: 1);
        slots[1].Train(TestStudies.Scripted("exit", at: 3), attempt: 1);

        foreach (var slot in slots)
        {
            var ended = await slot.SeeEndAsync();
            Assert.Equal((3, 2), (ended.ExitCode, ended.Company));
        }

        // The next gets a new one.
        var again = Attach(0);
        Assert.NotEqual(slots[0].Trainer.Id, again.Trainer.Id);
        Assert.False(slots[0].Trainer.Send(new TrainerProtocol.Stop()));
        again.Trainer.Discard();
    }

    [Fact]
    public async Task Trials_that_fail_one_after_another_are_told_of_all_of_them_until_another_begins()
    {
        Slot[] slots = [Attach(0), Attach(1), Attach(2)];
        slots[0].Train(TestStudies.Calm(pause: 1000), attempt: 1);
        slots[1].Train(TestStudies.Scripted("oom", at: 3, pause: 300), attempt: 1);
        slots[2].Train(TestStudies.Scripted("oom", at: 3, pause: 300), attempt: 1);
        await slots[1].HearAsync<TrainerProtocol.Failed>();
        await slots[2].HearAsync<TrainerProtocol.Failed>();

        Assert.Equal([3, 3], slots.Skip(1).Select(slot => slot.Companies.Last()));
        slots[1].Train(TestStudies.Scripted("oom", at: 3, pause: 300), attempt: 2);
        await Waiting.UntilAsync(() => slots[1].Heard.OfType<TrainerProtocol.Failed>().Count() == 2, Waiting.Patience, () => string.Join('\n', slots[1].Heard));
        Assert.Equal(2, slots[1].Companies.Last());
        Array.ForEach(slots, slot => slot.Trainer.Discard());
    }

    [Fact]
    public async Task What_a_slot_left_is_heard_by_nobody_and_the_lanes_next_trial_begins_after_it()
    {
        Slot[] slots = [Attach(0), Attach(1)];
        slots[0].Train(TestStudies.Calm(pause: 50), attempt: 1);
        slots[1].Train(TestStudies.Calm(pause: 50), attempt: 1);

        slots[0].Trainer.Discard();
        var next = Attach(0);
        next.Train(TestStudies.Calm(), attempt: 1);

        var finished = await next.HearAsync<TrainerProtocol.Finished>();
        Assert.Equal(next.FolderOf(1), Path.GetDirectoryName(finished.Path));
        Assert.DoesNotContain(next.Heard, said => said is TrainerProtocol.Stopped);
        Assert.DoesNotContain(slots[0].Heard, said => said is TrainerProtocol.Stopped);
        Assert.Equal(1, (await slots[1].HearAsync<TrainerProtocol.Finished>()).Attempt);
        next.Trainer.Discard();
        slots[1].Trainer.Discard();
    }

    [Fact]
    public async Task The_last_to_leave_ends_the_process()
    {
        Slot[] slots = [Attach(0), Attach(1)];
        await slots[0].HearAsync<TrainerProtocol.Ready>();
        using var process = System.Diagnostics.Process.GetProcessById(slots[0].Trainer.Id);

        slots[0].Trainer.Discard();
        Assert.False(process.HasExited);
        slots[1].Trainer.Discard();

        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken);
        Assert.Empty(slots.SelectMany(slot => slot.Ends));
    }

    private Slot Attach(int number) => new(number, _folder.Path, signal => _pool.Start(number, _launch, signal));

    /// <summary>One that notes what it hears.</summary>
    private sealed class Slot
    {
        private readonly string _folder;
        private readonly string _own = Guid.NewGuid().ToString("N");

        public Slot(int number, string folder, Func<Action<TrainerSignal>, ITrainer> start)
        {
            (Number, _folder) = (number, folder);
            Trainer = start(signal =>
            {
                switch (signal)
                {
                    case TrainerSignal.Said said:
                        Companies.Enqueue(said.Company);
                        Heard.Enqueue(said.Event);
                        break;
                    case TrainerSignal.Ended ended:
                        Ends.Enqueue(ended);
                        break;
                }
            });
        }

        public int Number { get; }

        public ITrainer Trainer { get; }

        public ConcurrentQueue<TrainerProtocol.Event> Heard { get; } = [];

        /// <summary>How many the process trained at each of them.</summary>
        public ConcurrentQueue<int> Companies { get; } = [];

        public ConcurrentQueue<TrainerSignal.Ended> Ends { get; } = [];

        public string FolderOf(int attempt) => Path.Combine(_folder, _own, $"{attempt}");

        public void Train(Level problem, int attempt)
        {
            var trial = TestStudies.Plan("shared", 20, 1, problem).Trials[0];
            Directory.CreateDirectory(FolderOf(attempt));
            Assert.True(Trainer.Send(new TrainerProtocol.Train(trial.Description.Canonical(), attempt, FolderOf(attempt), null, 600, 600, "auto")));
        }

        public async Task<T> HearAsync<T>()
            where T : TrainerProtocol.Event
        {
            await Waiting.UntilAsync(() => Heard.OfType<T>().Any(), Waiting.Patience, () => string.Join('\n', Heard));
            return Heard.OfType<T>().First();
        }

        public async Task<TrainerSignal.Ended> SeeEndAsync()
        {
            await Waiting.UntilAsync(() => !Ends.IsEmpty, Waiting.Patience, () => string.Join('\n', Heard));
            return Ends.First();
        }
    }
}
