using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>A worker with two GPUs of three lanes each, one of which fails.</summary>
public sealed class WorkerGpusTests
{
    private static readonly MachineTrouble Lost = new(TroubleKind.Context, "CUDA_ERROR_ILLEGAL_ADDRESS");
    private static readonly MachineTrouble Damaged = new(TroubleKind.Device, "uncorrectable ECC error encountered");
    private static readonly WorkerPolicy Policy = new("0.1.0", null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), null);
    private int _granted;

    private WorkerState _state = new(
        new("w", "1"),
        [.. Enumerable.Range(0, 6).Select(number => new SlotPlace(number, Devices.Gpu) { Pack = number / 3, Gpu = 4 + (number / 3) })],
        new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)),
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch)
    {
        Epoch = 1,
        IsRegistered = true,
        IsChecked = true,
    };

    [Fact]
    public void A_process_that_lost_its_gpu_is_one_strike_however_many_trials_it_had_and_its_slots_wait_until_all_have_ended()
    {
        Fill(6);

        LoseAll(gpu: 4, Lost);

        Assert.Equal(1, _state.Gpus[4].Strikes);
        Assert.Equal(6, _state.AllSlots.Gpu);
        Assert.Equal(3, _state.FreeSlots.Gpu);
        Assert.Null(_state.Trouble);
    }

    [Fact]
    public void While_some_of_them_have_not_ended_nothing_is_put_beside_them()
    {
        Fill(3);
        var acts = Lose(slot: 0, Lost);

        Assert.Contains(acts, act => act is WorkerAct.StrikeGpu);
        Assert.Equal(3, _state.FreeSlots.Gpu);
        Assert.All(_state.Open, slot => Assert.Equal(5, slot.Gpu));
    }

    [Fact]
    public void A_gpu_that_is_damaged_is_out_of_use_at_once_and_the_other_goes_on()
    {
        Fill(6);

        var acts = Lose(slot: 1, Damaged);

        Assert.Equal([0, 2], acts.OfType<WorkerAct.StopSlot>().Select(stop => stop.Slot).Except([1]));
        var registered = acts.OfType<WorkerAct.Say>().Select(say => say.Message).OfType<RegisterWorker>().Single();
        Assert.Equal((3, null), (registered.Slots.Gpu, registered.Paused));
        Assert.Contains("GPU 4 is out of use: uncorrectable ECC error", WorkerGpus.Words(_state), StringComparison.Ordinal);
        LoseAll(gpu: 4, Damaged);
        Assert.Equal(0, _state.FreeSlots.Gpu);
        var told = PackReport.Of(_state);
        Assert.Equal([0, 3], told.Select(pack => pack.Allowed));
        Assert.Contains("nvidia-smi -q -i 4", told[0].Trouble, StringComparison.Ordinal);
        Assert.Contains("pinnsweep undrain w", told[0].Trouble, StringComparison.Ordinal);
        Assert.Null(told[1].Trouble);
    }

    [Fact]
    public void One_that_is_lost_again_and_again_while_nothing_gets_on_is_out_of_use_too()
    {
        for (var strike = 1; strike <= WorkerGpus.Limit; strike++)
        {
            Assert.Equal(6, _state.AllSlots.Gpu);
            Fill(3);
            LoseAll(gpu: 4, Lost);
        }

        Assert.Equal(3, _state.AllSlots.Gpu);
        Assert.Contains("3 trainers lost it one after another", WorkerGpus.Words(_state), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_that_gets_on_there_clears_it()
    {
        for (var strike = 1; strike <= 2 * WorkerGpus.Limit; strike++)
        {
            Fill(3);
            Do(new WorkerCommand.HearReport(_state.Slots[0].Attempt!.Value, new ReportContent.Checkpointed(new("blob", 1, strike))));
            Assert.Empty(_state.Gpus);
            LoseAll(gpu: 4, Lost);
        }

        Assert.Equal(6, _state.AllSlots.Gpu);
    }

    [Fact]
    public void A_worker_without_a_gpu_in_use_says_why_until_it_is_told_to_work()
    {
        Lose(slot: 0, Damaged);
        Lose(slot: 5, Damaged);

        Assert.Contains("GPU 4 is out of use", _state.WhyPaused, StringComparison.Ordinal);
        Assert.Contains("GPU 5 is out of use", _state.WhyPaused, StringComparison.Ordinal);

        var acts = Do(new WorkerCommand.Hear(new WorkRequested(1)));

        Assert.Null(_state.WhyPaused);
        Assert.Equal(6, acts.OfType<WorkerAct.Say>().Select(say => say.Message).OfType<RegisterWorker>().Single().Slots.Gpu);
        Assert.Contains(acts, act => act is WorkerAct.AskForWork { Slots.Gpu: 6 });
    }

    [Fact]
    public void Trouble_of_the_driver_has_the_machine_looked_at_as_well()
    {
        var acts = Lose(slot: 0, new(TroubleKind.Gpu, "no CUDA-capable device"));

        Assert.Contains(acts, act => act is WorkerAct.CheckMachine);
        Assert.NotNull(_state.Trouble);
        Assert.Equal(1, _state.Gpus[4].Strikes);
    }

    private void Fill(int trials)
    {
        for (; _state.Occupied.Count() < trials; _granted++)
        {
            Do(new WorkerCommand.Hear(new StartTrial(1, new(new($"{_granted}".PadRight(64, 'a')), 1), "{}", null)));
        }
    }

    private void LoseAll(int gpu, MachineTrouble trouble)
    {
        foreach (var slot in _state.Occupied.Where(slot => slot.Gpu == gpu).ToArray())
        {
            Lose(slot.Number, trouble);
            Do(new WorkerCommand.HearReport(slot.Attempt!.Value, new ReportContent.Released("no fault of the trial")));
        }
    }

    private IReadOnlyList<WorkerAct> Lose(int slot, MachineTrouble trouble) => Do(new WorkerCommand.HearTrouble(trouble, slot));

    private IReadOnlyList<WorkerAct> Do(WorkerCommand command)
    {
        var acts = WorkerDecider.Decide(_state, command, DateTimeOffset.UnixEpoch, Policy);
        _state = acts.Aggregate(_state, (state, act) => state.Apply(act));
        return acts;
    }
}
