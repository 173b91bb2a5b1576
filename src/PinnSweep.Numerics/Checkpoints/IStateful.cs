namespace PinnSweep.Numerics.Checkpoints;

/// <summary>Something whose state a checkpoint carries, bit for bit.</summary>
public interface IStateful
{
    /// <summary>Writes everything that later steps depend on.</summary>
    void Save(StateWriter writer);

    /// <summary>The inverse of <see cref="Save"/> on an object made with the same description.</summary>
    void Load(StateReader reader);
}
