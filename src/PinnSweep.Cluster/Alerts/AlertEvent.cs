namespace PinnSweep.Cluster.Alerts;

/// <summary>What people are told of who look at nothing.</summary>
public enum AlertEvent
{
    /// <summary>Nothing of a study waits or is trained any more.</summary>
    StudySettled,

    /// <summary>The first trial of a study was given up.</summary>
    FirstQuarantine,

    /// <summary>Trials wait, and for some time no worker takes any.</summary>
    NoWorker,

    /// <summary>A worker pauses because of its machine.</summary>
    MachineFault,

    /// <summary>The disk of the store is nearly full.</summary>
    StoreFull,

    /// <summary>A certificate of the coordinating node is near its end.</summary>
    CertificateEnd,

    /// <summary>Somebody tries whether alerts arrive.</summary>
    Test,
}
