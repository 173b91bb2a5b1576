namespace PinnSweep.Cluster.Tests;

/// <summary>Where the build put the fake trainer: beside this test's own output folder.</summary>
internal static class FakeTrainer
{
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(
        AppContext.BaseDirectory, "..", "..", "PinnSweep.FakeTrainer", System.IO.Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "pinnsweep-fake-trainer"));
}
