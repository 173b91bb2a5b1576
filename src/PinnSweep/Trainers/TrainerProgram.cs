using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Trainers;

/// <summary>Where the trainer's executable lies.</summary>
internal static class TrainerProgram
{
    private const string Name = "pinnsweep-trainer";

    /// <summary>How a single trainer is started.</summary>
    /// <exception cref="UserMistakeException">It is not there.</exception>
    public static TrainerLaunch Launch() => new(Find(), new Dictionary<string, string>());

    /// <summary>Begins to start one; null where it is not there, which is told to whoever needs it.</summary>
    public static TrainerReserve? BeginOne()
    {
        try
        {
            return TrainerReserve.Begin(Launch());
        }
        catch (UserMistakeException)
        {
            return null;
        }
    }

    /// <summary>
    /// The variable PINNSWEEP_TRAINER, or beside this program (as published), or in the trainer's own build output beside ours.
    /// </summary>
    /// <exception cref="UserMistakeException">It is not there.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable("PINNSWEEP_TRAINER") is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new UserMistakeException($"PINNSWEEP_TRAINER names {named}, which does not exist");
        }

        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var pivot = Path.GetFileName(here);
        string[] places =
        [
            Path.Combine(here, Name),
            Path.Combine(here, "trainer", Name),
            Path.GetFullPath(Path.Combine(here, "..", "..", "PinnSweep.Trainer", pivot, Name)),
        ];
        return places.FirstOrDefault(place => File.Exists(place) && File.Exists($"{place}.dll"))
            ?? throw new UserMistakeException($"the trainer is not built: no {Name} at {string.Join(", ", places)}. Start by ./pinnsweep, which builds what is missing, or set PINNSWEEP_TRAINER.");
    }
}
