using System.Globalization;
using System.Runtime.InteropServices;
using PinnSweep.Storage;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Training.Results;

namespace PinnSweep.Processes;

/// <summary>
/// The last words of a run that ended by a defect: a short message for the person, the whole story in a file that can be sent on.
/// </summary>
internal static class DefectReport
{
    /// <summary>Version and commit of this build.</summary>
    public static string Version { get; } = $"{EvidenceOf.Version}+{EvidenceOf.Commit}";

    /// <summary>Writes the file and returns the message.</summary>
    public static string Write(Exception defect, IReadOnlyList<string> arguments)
    {
        var story = StorePlace.WithoutPasswords(string.Create(CultureInfo.InvariantCulture, $"""
            PinnSweep {Version} on {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}
            at {TimeProvider.System.GetUtcNow():O}
            pinnsweep {string.Join(' ', arguments)}

            {defect}

            """));
        return $"""
            pinnsweep: a defect of PinnSweep ended this run: {StorePlace.WithoutPasswords(FirstLine(defect))}
            {Keep(story)}
            Nothing that was finished is lost: the same command goes on where it stopped.
            Please report it with that file and the newest one of the logs folder beside the store.
            """;
    }

    private static string FirstLine(Exception defect)
    {
        var root = defect is AggregateException { InnerException: { } inner } ? inner : defect;
        return $"{root.GetType().Name}: {root.Message.Split('\n')[0]}";
    }

    private static string Keep(string story)
    {
        foreach (var folder in (string[])[Path.GetFullPath("logs"), Path.GetTempPath()])
        {
            try
            {
                PrivateFiles.SharedFolder(folder, "");
                var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"defect-{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt"));
                // A new file: whatever somebody laid under this name stays untouched.
                using var file = new StreamWriter(PrivateFiles.Create(path));
                file.Write(story);
                return $"The whole story: {path}";
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or UserMistakeException)
            {
                // The next folder, or the story itself.
            }
        }

        return story;
    }
}
