using System.Text;
using System.Text.Json;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Registration;

namespace PinnSweep.Planning;

/// <summary>The lock of a study beside its file: <c>STUDY.lock.json</c>, of a built-in study in the current folder.</summary>
internal static class LockFile
{
    // What is written here is far smaller; what is larger is something else.
    private const int MaximumBytes = 16 << 20;

    public static string PathOf(StudySource source, StudyPlan plan) => Path.Combine(Path.GetDirectoryName(source.FileName) ?? "", $"{plan.Spec.Name}.lock.json");

    /// <summary>The lock; null where there is no file.</summary>
    /// <exception cref="UserMistakeException">The file is no lock.</exception>
    public static LockedStudy? Read(string path)
    {
        try
        {
            return !File.Exists(path) ? null
                : new FileInfo(path).Length <= MaximumBytes ? LockJson.Read(File.ReadAllText(path))
                : throw new UserMistakeException($"{path}: is too large for the lock of a study");
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{path}: cannot be read as the lock of a study: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Writes it where there is none.</summary>
    /// <exception cref="UserMistakeException">There is one, or the folder cannot be written.</exception>
    public static void Write(string path, LockedStudy locked)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            file.Write(Encoding.UTF8.GetBytes(LockJson.Write(locked)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{path}: cannot be written ({failure.Message}); the store holds the lock all the same", failure);
        }
    }

    /// <summary>What a study does otherwise than the lock beside its file promised; null where it keeps that, or there is none.</summary>
    public static string? Notice(StudySource source, StudyPlan plan)
    {
        var path = PathOf(source, plan);
        LockedStudy? locked;
        try
        {
            locked = Read(path);
        }
        catch (UserMistakeException unreadable)
        {
            return unreadable.Message;
        }

        var deviations = locked?.Promise.DeviationsOf(StudyPromise.Of(plan)) ?? [];
        return deviations.IsEmpty ? null : $"{path} promised otherwise ({locked!.When}):{string.Concat(deviations.Select(deviation => $"\n  {deviation}"))}";
    }
}
