NAME        
ROWS
 N  NoObj   
 L  ceiling_110000
 L  ceiling_120000
 L  ceiling_130000
COLUMNS
    quota_110000  ceiling_110000  1
    quota_120000  ceiling_120000  1
    quota_130000  ceiling_130000  1
RHS
    RHS_V     ceiling_110000  50
    RHS_V     ceiling_120000  60
    RHS_V     ceiling_130000  70
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_120000
 FR BOUND     quota_130000
ENDATA
