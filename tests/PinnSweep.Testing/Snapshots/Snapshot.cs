using System.Runtime.CompilerServices;

namespace PinnSweep.Testing.Snapshots;

/// <summary>
/// Compares text with a file beside the test. <c>PINNSWEEP_SNAPSHOTS=write</c> writes the file instead; the change is then read in review.
/// </summary>
public static class Snapshot
{
    public static void Matches(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots", name);
        if (Environment.GetEnvironmentVariable("PINNSWEEP_SNAPSHOTS") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        if (!File.Exists(path))
        {
            throw new SnapshotMismatchException($"{path} does not exist; run the test once with PINNSWEEP_SNAPSHOTS=write and read what it wrote");
        }

        var expected = File.ReadAllText(path);
        if (expected != actual)
        {
            throw new SnapshotMismatchException($"{path} differs {FirstDifference(expected, actual)}\n\nactual:\n{actual}");
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (mine, theirs) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(mine.Length, theirs.Length)).First(i => mine.ElementAtOrDefault(i) != theirs.ElementAtOrDefault(i));
        return FormattableString.Invariant($"in line {line + 1}:\n  expected: {mine.ElementAtOrDefault(line)}\n  actual:   {theirs.ElementAtOrDefault(line)}");
    }
}

/// <summary>A text is not what its snapshot says.</summary>
public sealed class SnapshotMismatchException(string message) : Exception(message);
