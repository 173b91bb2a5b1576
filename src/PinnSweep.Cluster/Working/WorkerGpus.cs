using System.Collections.Immutable;
using PinnSweep.Cluster.Machines;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// What a worker does about a GPU that fails. A process that lost it is replaced, and nobody is charged. One that is damaged or gone, or is
/// lost again and again while no trial gets on, is out of use: its slots take nothing, the others go on, until somebody says that it is
/// mended (<c>undrain</c>) or the node is started again.
/// </summary>
internal static class WorkerGpus
{
    /// <summary>Processes that may lose a GPU one after another: a trial that makes them lose it would else be tried for ever.</summary>
    public const int Limit = 3;

    /// <summary>Whether the trouble is one GPU's, and what is to be known of it has been done.</summary>
    public static bool Fail(WorkerCourse course, WorkerCommand.HearTrouble heard, WorkerPolicy policy)
    {
        if (heard.Trouble.Kind is not (TroubleKind.Gpu or TroubleKind.Context or TroubleKind.Device) || heard.Slot < 0 || course.State.Slots[heard.Slot] is not { Gpu: { } gpu } slot)
        {
            return false;
        }

        var known = course.State.Gpus.GetValueOrDefault(gpu);
        // All that shared the process tell of the same loss.
        if (known is { Drained: not null } || (slot.Attempt is { } attempt && known?.Ending.Contains(attempt) == true))
        {
            return true;
        }

        var strikes = 1 + (known?.Strikes ?? 0);
        if (heard.Trouble.Kind == TroubleKind.Device || strikes >= Limit)
        {
            Drain(course, gpu, heard.Trouble.Kind == TroubleKind.Device ? heard.Trouble.Reason : FormattableString.Invariant($"{strikes} trainers lost it one after another and no trial got on: {heard.Trouble.Reason}"), policy);
            return true;
        }

        course.Do(new WorkerAct.StrikeGpu(gpu, strikes, [.. course.State.Slots.Where(other => other.Pack == slot.Pack && other.Attempt is not null).Select(other => other.Attempt!.Value)], heard.Trouble.Reason));
        // Where its driver is in trouble, the whole machine is looked at.
        return heard.Trouble.Kind != TroubleKind.Gpu;
    }

    /// <summary>A trial of this slot stored something.</summary>
    public static void Forgive(WorkerCourse course, SlotPlace slot)
    {
        if (slot.Gpu is { } gpu && course.State.Gpus.GetValueOrDefault(gpu) is { Drained: null })
        {
            course.Do(new WorkerAct.ForgiveGpu(gpu));
        }
    }

    /// <summary>Somebody says that the worker is to work: what is out of use is tried again.</summary>
    public static void Restore(WorkerCourse course, WorkerPolicy policy)
    {
        if (course.State.Gpus.Values.Any(gpu => gpu.Drained is not null))
        {
            course.Do(new WorkerAct.RestoreGpus());
            course.Register(policy);
            course.AskForWork();
        }
    }

    /// <summary>What people can do about it.</summary>
    public static string Remedy(int gpu, string worker) => FormattableString.Invariant(
        $"Look at `nvidia-smi -q -i {gpu}` and for Xid in the kernel's log; reset or replace the card, or restart the machine; then `pinnsweep undrain {worker}`, or start the node again");

    /// <summary>Which GPUs are out of use and why; null where none is.</summary>
    public static string? Words(WorkerState state) => state.Gpus.Any(gpu => gpu.Value.Drained is not null)
        ? string.Join("; ", state.Gpus.Where(gpu => gpu.Value.Drained is not null).Select(gpu => FormattableString.Invariant($"GPU {gpu.Key} is out of use: {gpu.Value.Drained}")))
        : null;

    private static void Drain(WorkerCourse course, int gpu, string why, WorkerPolicy policy)
    {
        course.Do(new WorkerAct.DrainGpu(gpu, why));
        foreach (var slot in course.State.Occupied.Where(slot => slot.Gpu == gpu).ToImmutableArray())
        {
            course.Do(new WorkerAct.StopSlot(slot.Number, FormattableString.Invariant($"GPU {gpu} is out of use")));
        }

        // The coordinator counts on so many slots less.
        course.Register(policy);
    }
}
