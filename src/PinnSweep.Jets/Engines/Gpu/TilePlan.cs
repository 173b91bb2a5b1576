namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// How many points a tile has and where its arena lies: the one place where that is chosen. It depends on the form and the device alone, never
/// on the lanes of a launch, so that it has no part in their digits.
/// </summary>
/// <param name="Points">Points of a tile, a multiple of 4.</param>
/// <param name="IsShared">Whether the arena is in shared memory.</param>
internal readonly record struct TilePlan(int Points, bool IsShared)
{
    // A block of threads waits at every barrier; a second one on the same processor works meanwhile, if its arena fits as well. The driver
    // keeps 1 kB of each block.
    private const int Reserved = 1024;

    private static readonly (int Points, int Blocks)[] Choices = [(32, 2), (16, 2), (32, 1), (16, 1), (8, 2), (8, 1), (4, 1)];

    /// <summary>The choice.</summary>
    /// <param name="bytes">Bytes of an arena for so many points.</param>
    /// <param name="sharedMemory">Bytes of shared memory that a block may have.</param>
    public static TilePlan For(Func<int, long> bytes, int sharedMemory)
    {
        foreach (var (points, blocks) in Choices)
        {
            if (bytes(points) <= (sharedMemory / blocks) - (blocks > 1 ? Reserved : 0))
            {
                return new(points, true);
            }
        }

        return new(32, false);
    }
}
