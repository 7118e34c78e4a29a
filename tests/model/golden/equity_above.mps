NAME        
ROWS
 N  NoObj   
 L  equity_above_110000
 L  equity_above_120000
 L  equity_above_130000
COLUMNS
    quota_110000  equity_above_110000  1
    quota_120000  equity_above_120000  1
    quota_130000  equity_above_130000  1
    entitlement_110000  equity_above_110000  -1.25
    entitlement_120000  equity_above_120000  -1.25
    entitlement_130000  equity_above_130000  -1.25
RHS
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_120000
 FR BOUND     quota_130000
 FR BOUND     entitlement_110000
 FR BOUND     entitlement_120000
 FR BOUND     entitlement_130000
ENDATA
