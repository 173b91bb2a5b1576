using Microsoft.Extensions.Logging;

namespace PinnSweep.Logging;

/// <summary>What the command line itself has to log; properties carry the words of the project's vocabulary.</summary>
internal static partial class StudyLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Study {Study} begins: {Trials} trials, {Slots} slots, store {Store}; plan {StudyId}")]
    public static partial void Begins(this ILogger logger, string study, int trials, int slots, string store, string studyId);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Study {Study} ended: {End}, {Done} of {Trials} trials, {Faults} faults retried; plan {StudyId}")]
    public static partial void Ended(this ILogger logger, string study, string end, int done, int trials, int faults, string studyId);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "A clean stop was asked for; plan {StudyId}")]
    public static partial void Stopping(this ILogger logger, string studyId);
}
