using System.CommandLine;
using PinnSweep.Studies.BuiltInStudies;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Commands;

/// <summary>What every verb about a study takes.</summary>
internal static class StudyArguments
{
    public static Argument<string> Study(string also = "") => new("STUDY") { Description = $"A study file, or the name of a built-in study ({string.Join(", ", BuiltInStudies.Names)}){also}" };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Set a value over the file, for instance budget.steps=500 or seeds=10; may stand more than once",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Folders that files may lie in beside that of the study.</summary>
    public static Option<string[]> AllowFolder() => new("--allow-folder")
    {
        Description = "Another folder whose files may be named, as in path: ../problems/a.yaml; may stand more than once. Else those below the file's own folder alone",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Where a report goes: the folder asked for, else one named after the study.</summary>
    public static string OutOf(string? asked, string study) => asked ?? Path.Combine("out", study);

    /// <summary>Makes the folder and tries to write to it, before hours of training rather than after them.</summary>
    /// <exception cref="UserMistakeException">It cannot be written.</exception>
    public static void RequireWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using (File.Create(Path.Combine(folder, $".pinnsweep-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"--out {folder}: cannot be written: {failure.Message}", failure);
        }
    }
}
