namespace PinnSweep.Cluster.Tests;

/// <summary>A folder for one test's store.</summary>
public sealed class TestStore : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("pinnsweep-test-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "pinnsweep.db");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
