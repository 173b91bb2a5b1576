namespace PinnSweep.Numerics.Checkpoints;

/// <summary>Something whose state a checkpoint carries, bit for bit.</summary>
public interface IStateful
{
    /// <summary>
    /// Names everything that later steps depend on, to an archive that writes it, or that reads it into an object made with the same
    /// description.
    /// </summary>
    void State(StateArchive archive);
}
