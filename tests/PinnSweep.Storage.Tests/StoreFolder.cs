namespace PinnSweep.Storage.Tests;

/// <summary>A folder for one test.</summary>
public sealed class StoreFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("pinnsweep-store-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "pinnsweep.db");

    public string File(string name) => System.IO.Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
