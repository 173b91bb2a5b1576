namespace PinnSweep.Testing.Processes;

/// <summary>Places in the checkout that tests of the whole need.</summary>
public static class RepositoryPaths
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The file of a build output, in the configuration that the tests were built in.</summary>
    public static string BuildOutput(string project, string file)
    {
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.GetFullPath(Path.Combine(here, "..", "..", project, Path.GetFileName(here), file));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PinnSweep.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"no PinnSweep.sln above {AppContext.BaseDirectory}");
    }
}
