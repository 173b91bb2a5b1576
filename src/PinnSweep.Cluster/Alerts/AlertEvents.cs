using System.Collections.Immutable;

namespace PinnSweep.Cluster.Alerts;

/// <summary>The words for events in files of alerts, bodies and tables.</summary>
internal static class AlertEvents
{
    /// <summary>What a hook may ask for; a test comes to every hook.</summary>
    public static ImmutableArray<AlertEvent> All { get; } = [.. Enum.GetValues<AlertEvent>().Where(kind => kind != AlertEvent.Test)];

    /// <summary>The word of an event.</summary>
    public static string Word(this AlertEvent kind) => kind switch
    {
        AlertEvent.StudySettled => "study-settled",
        AlertEvent.FirstQuarantine => "first-quarantine",
        AlertEvent.NoWorker => "no-worker",
        AlertEvent.MachineFault => "machine-fault",
        AlertEvent.StoreFull => "store-full",
        AlertEvent.CertificateEnd => "certificate-end",
        _ => "test",
    };
}
